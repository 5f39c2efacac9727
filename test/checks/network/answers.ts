import type { ConnectionFailure, TlsSession } from '../../../src/host/answers/connection.ts';
import type { NetworkAnswers, Side } from '../../../src/host/answers/network.ts';
import type { Evidence } from '../../../src/host/evidence.ts';
import type { Json } from '../../../src/model.ts';
import { boring, installed } from '../../support/hosts.ts';
import type { Answers } from '../../support/judged.ts';

const answersOf = (evidence: Evidence): Answers =>
  Object.fromEntries(
    Object.entries(evidence).map(([key, entry]) => [key, 'value' in entry ? entry.value : new Error(entry.error)]),
  );

/** What the boring host answers, and one on which the client runs; each test breaks one thing of them. */
export const answers = answersOf(boring.evidence);
export const installedAnswers = answersOf(installed.evidence);

type Port = NetworkAnswers['reach']['ports'][number];

/** How a connection failed at a step. */
export const failure = (
  step: ConnectionFailure['step'],
  kind: ConnectionFailure['kind'],
  code: string | null = null,
): ConnectionFailure => ({ step, kind, message: `it is ${kind}`, code });

/** One port: open with what it showed, or failed. */
export const port = (name: string, what: ConnectionFailure | TlsSession | null): Port => {
  const failed = what && 'step' in what ? what : null;
  return {
    port: name,
    address: failed ? null : '192.0.2.1',
    steps: failed ? [] : [{ step: 'tcp', ms: 5 }],
    failed,
    tls: what && 'chain' in what ? what : null,
  };
};

/** An answer to `network "reach"`. */
export const reach = (
  side: Side,
  host: string,
  ports: readonly Port[],
  more: Partial<NetworkAnswers['reach']> = {},
): Answers => {
  const addresses = ports.some(({ failed }) => failed?.step !== 'dns') ? ['192.0.2.1'] : [];
  const key = [
    'network',
    ...['reach', side, host, ...ports.map((one) => one.port)].map((word) => JSON.stringify(word)),
  ];
  const container = side === 'coreapp' ? 'wacore' : null;
  const answer: NetworkAnswers['reach'] = { skipped: null, container, addresses, dns: 1, ports: [...ports], ...more };
  return { [key.join(' ')]: answer as Json };
};

/** An answer to `network "dns"`. */
export const timed = (
  side: Side,
  host: string,
  times: readonly number[],
  failures: readonly ConnectionFailure[] = [],
): Answers => {
  const answer: NetworkAnswers['dns'] = {
    ...{ skipped: null, container: side === 'coreapp' ? 'wacore' : null, servers: ['192.0.2.53'] },
    ...{ times: [...times], failures: [...failures], addresses: [] },
  };
  return { [`network "dns" "${side}" "${host}"`]: answer as Json };
};

const certificate = (issuer: string) => ({
  ...{ subject: 'CN=leaf', issuer, validFrom: '2026-01-01T00:00:00Z', validTo: '2028-01-01T00:00:00Z' },
  ...{ fingerprint: 'AA', selfSigned: false, names: [], keyBits: 256 },
});

/** A session whose certificate is vouched for, or is not for a fault. */
export const session = (by: string | null, fault: string | null = null, issuer = 'CN=Somebody'): TlsSession => ({
  ...{ protocol: 'TLSv1.3', cipher: 'X', trusted: fault === null, by, fault },
  chain: [certificate(issuer)],
});

/** A question that was refused. */
export const refused = (...keys: readonly string[]): Answers =>
  Object.fromEntries(keys.map((key) => [key, new Error('the network went away')]));
