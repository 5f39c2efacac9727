import type { Fault } from '../fault.ts';
import { SECURITY_HEADERS } from '../stand-in/front.ts';

// Faults of how the API is spoken with: connection, TLS, HTTP, logins.

/** What needs a login that came about, or an answer. */
const ALL_NODES = ['api.*', 'webhook.*', 'lifecycle.build', 'account.test-message'] as const;

export const answerFaults: readonly Fault[] = [
  {
    name: 'slow',
    does: 'Every answer comes later.',
    value: { means: 'ms', usual: '300' },
    behaviour: (value) => ({ slowMs: Number(value) }),
    finds: [],
  },
  {
    name: 'silent',
    does: 'The API takes every request and never answers; with =tls not even the handshake.',
    value: { means: 'http or tls', usual: 'http' },
    behaviour: (value) => ({ answers: value === 'tls' ? 'never-tls' : 'never' }),
    finds: [{ check: 'api.login', outcome: 'fail', says: /did not answer/ }],
    follows: [...ALL_NODES, 'security.*', 'containers.webapp-port'],
    slow: true,
  },
  {
    name: 'endless',
    does: 'Every answer is a body without an end.',
    behaviour: () => ({ answers: 'endless' }),
    finds: [{ check: 'api.login', outcome: 'fail', says: /4 MiB/ }],
    follows: [...ALL_NODES, 'security.headers', 'containers.webapp-port'],
  },
  {
    name: 'not-json',
    does: 'Every answer but that of / is a web page.',
    behaviour: () => ({ answers: 'not-json' }),
    finds: [{ check: 'api.login', outcome: 'unknown' }],
    follows: ALL_NODES,
  },
  {
    name: 'tls-self-signed',
    does: 'The certificate is signed by itself, and by no authority that was given.',
    behaviour: () => ({ certificate: 'self-signed' }),
    finds: [{ check: 'security.certificate', outcome: 'warn', says: /self-signed|signed by itself/ }],
    follows: [...ALL_NODES, 'security.*'],
  },
  {
    name: 'tls-expired',
    does: 'The certificate has been over since 2021.',
    behaviour: () => ({ certificate: 'expired' }),
    finds: [{ check: 'security.certificate', outcome: 'fail', says: /expired|2021/ }],
    follows: [...ALL_NODES, 'security.*'],
  },
  {
    name: 'tls-wrong-name',
    does: 'The certificate is for another name and another address.',
    behaviour: () => ({ certificate: 'wrong-name' }),
    // Nobody but this machine uses a name of the loopback device: under any other it fails (test/lab/faults.test.ts).
    finds: [{ check: 'security.certificate', outcome: 'warn', says: /not for 127/ }],
    follows: [...ALL_NODES, 'security.*'],
  },
  {
    name: 'tls-old-only',
    does: 'Nothing newer than TLS 1.1 is agreed to.',
    behaviour: () => ({ tls: 'old-only' }),
    finds: [{ check: 'security.tls', outcome: 'fail', says: /1\.2/ }],
    follows: [...ALL_NODES, 'security.*', 'containers.webapp-port'],
  },
  {
    name: 'tls-old-too',
    does: 'TLS 1.0 and 1.1 are agreed to beside newer versions.',
    behaviour: () => ({ tls: 'old-too' }),
    finds: [{ check: 'security.tls', outcome: 'warn', says: /1\.[01]/ }],
  },
  {
    name: 'tls-weak-ciphers',
    does: 'A cipher of CBC with SHA-1 is agreed to.',
    behaviour: () => ({ tls: 'weak-ciphers' }),
    finds: [{ check: 'security.tls', outcome: 'warn', says: /AES_?128/ }],
  },
  {
    name: 'plain-http',
    does: "The API's port answers in the clear too; with =redirects it redirects.",
    value: { means: 'answers or redirects', usual: 'answers' },
    behaviour: (value) => ({ plainHttp: value === 'redirects' ? 'redirects' : 'answers' }),
    finds: [{ check: 'security.plain-http', outcome: 'fail' }],
  },
  {
    name: 'headers-missing',
    does: `The headers ${Object.keys(SECURITY_HEADERS).join(', ')} are not sent.`,
    behaviour: () => ({ securityHeaders: false }),
    finds: [{ check: 'security.headers', outcome: 'warn', says: /Strict-Transport-Security|HSTS/i }],
  },
  {
    name: 'login-denied',
    does: 'No password is right.',
    behaviour: () => ({ login: 'denied' }),
    finds: [{ check: 'api.login', outcome: 'fail', says: /refuses the password/ }],
    follows: ALL_NODES,
  },
  {
    name: 'login-throttled',
    does: 'Logins are refused with error 1015, as after too many wrong passwords.',
    behaviour: () => ({ login: 'throttled' }),
    finds: [{ check: 'api.login', outcome: 'unknown', says: /1015/ }],
    follows: ALL_NODES,
  },
  {
    name: 'default-admin',
    does: "The published default password is in place (the lab's own works as well, so that the rest can be looked at).",
    behaviour: () => ({ login: 'default-password' }),
    options: ['--test-default-admin'],
    finds: [{ check: 'security.default-admin', outcome: 'fail' }],
  },
  {
    name: 'tokens-refused',
    does: 'Every token is refused with 401, though the login has just given it.',
    behaviour: () => ({ tokensRefused: true }),
    finds: [{ check: 'api.health', outcome: 'unknown', says: /login is not accepted|token/ }],
    follows: ALL_NODES,
  },
  {
    name: 'not-admin',
    does: 'The user is no administrator: 1005 for settings, account and certificates.',
    behaviour: () => ({ notAdmin: true }),
    finds: [{ check: 'api.settings', outcome: 'skip', says: /1005/ }],
    follows: ['api.*', 'webhook.*'],
  },
];
