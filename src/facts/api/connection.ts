import type { ConnectionFailure } from '../../host/answers/connection.ts';

const STEPS: Readonly<Record<ConnectionFailure['step'], string>> = {
  dns: 'name resolution',
  tcp: 'TCP',
  tls: 'TLS',
  http: 'HTTP',
};

/** Where a connection ended, in words: the step, and what the system said. */
export const connectionWords = ({ step, message, code }: ConnectionFailure): string => {
  const said = message.trim();
  return `${STEPS[step]} failed: ${said || 'without a word'}${code && !said.includes(code) ? ` (${code})` : ''}`;
};

/** The first step that mends a connection to the API that failed. */
export const connectionRemedy = ({ step, kind }: ConnectionFailure, at: string): string => {
  if (step === 'dns') return 'Correct the name in --api-url, or add it to the name server that this host asks.';
  switch (kind) {
    case 'refused':
      return 'Start Webapp, or give the port that it is published on: --api-url https://HOST:9090.';
    case 'unreachable':
      return `Find out why this host has no route to ${at}.`;
    case 'no-answer':
      return step === 'tcp'
        ? `Open ${at} for this host in every firewall or security group in between.`
        : `Restart Webapp: it takes connections at ${at} and does not answer them.`;
    case 'tls-failed':
      return 'Let Webapp offer TLS 1.2 or later (WA_WEB_SECURITY_LEVEL), and give an https address.';
    case 'untrusted':
      return 'Give the CA of the certificate (--api-ca FILE), or its fingerprint (--api-fingerprint).';
    case 'not-http':
    case 'too-much':
      return `Find out what answers at ${at}: it is not the client's Webapp.`;
    default:
      return "Look into Webapp's log and that of a proxy in front of it: the connection was not carried to its end.";
  }
};
