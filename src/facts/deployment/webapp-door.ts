import { fail, pass, skip, warn } from '../../check.ts';
import type { ApiAnswers } from '../../host/answers/api.ts';
import type { DeployedContainer } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';
import { addressPosition } from '../database/network.ts';

/** Where a Webapp's port leads out of its container: "0.0.0.0:9090". */
export type Door = { readonly name: string; readonly hostNetwork: boolean; readonly published: readonly Published[] };
type Published = { readonly address: string; readonly host: number | null };

/** What came of connecting to the API; `given`: another address than a container's was asked for. */
export type ReachedDoor = {
  readonly given: boolean;
  readonly url: string | null;
  readonly none: string | null;
  readonly secured: boolean;
  readonly failed: { readonly step: string; readonly kind: string; readonly message: string } | null;
};

/** How a Webapp publishes a port. */
export const doorOf = ({ name, ports, networkMode }: DeployedContainer, port: number): Door => ({
  name,
  hostNetwork: networkMode === 'host',
  published: ports
    .filter((one) => one.container === port && one.protocol === 'tcp')
    .map(({ address, host }) => ({ address, host })),
});

/** The parts of the API's endpoint that tell whether something listens behind the port. */
export const reachedDoor = ({ url, from, none, tls, failed }: ApiAnswers['endpoint']): ReachedDoor => ({
  given: from === '--api-url',
  url,
  none,
  secured: tls !== null,
  failed: failed && { step: failed.step, kind: failed.kind, message: failed.message },
});

const ALL = new Set(['', '0.0.0.0', '::']);
const isInner = ({ address }: Published): boolean => !ALL.has(address) && addressPosition(address) === 'loopback';
const shown = ({ address, host }: Published): string =>
  `${ALL.has(address) ? 'all addresses' : address}, ${host === null ? 'a port that Docker chooses' : `port ${host}`}`;

const publishing = ({ name, hostNetwork, published }: Door, port: number, otherwise: string | null): Finding => {
  const subject = name;
  if (hostNetwork) return pass(`${name} uses the host's network, and so port ${port} of it`, { subject });
  const by = otherwise ? `; the API is reached at ${otherwise} (--api-url)` : '';
  if (published.length === 0) {
    const is = `${name} does not publish its port ${port}, on which the API answers`;
    return otherwise
      ? pass(`${is}${by}`, { subject })
      : fail(is, { subject, remedy: `Add ports: "9090:${port}" to it, and make it anew.` });
  }
  const is = `${name} publishes its port ${port} ${published.every(isInner) ? 'for this host alone' : 'to others'} (${published.map(shown).join('; ')})`;
  if (!published.every(isInner) || otherwise) return pass(`${is}${by}`, { subject });
  return warn(is, {
    subject,
    remedy:
      "Publish it on an address that the API's clients reach, or see to it that a proxy on this host passes it on.",
  });
};

/** Docker's own proxy takes every connection: only what comes after tells whether something listens. */
const answering = (reached: ReachedDoor): readonly Finding[] => {
  const { url, none, failed, given, secured } = reached;
  if (url === null) return [skip(`Whether it answers was not tried: ${none ?? 'no address is known'}`)];
  if (given) return [];
  const subject = url;
  if (failed === null || secured) return [pass(`${url} answers`, { subject })];
  const remedy = 'Look into the log of the Webapp for why nothing answers, and restart it.';
  if (failed.step === 'dns' || failed.step === 'tcp')
    return [fail(`${url} takes no connection: ${failed.message}`, { subject, remedy })];
  if (failed.kind === 'closed' || failed.kind === 'no-answer')
    return [fail(`${url} takes connections, but nothing behind it answers: ${failed.message}`, { subject, remedy })];
  return [pass(`${url} answers, though no session came about: ${failed.message}`, { subject })];
};

/** What may be said of the way into the Webapps. */
export const doorFindings = (measured: {
  readonly from: string;
  readonly port: number;
  readonly doors: readonly Door[];
  readonly reached: ReachedDoor | null;
}): readonly Finding[] => {
  const { reached } = measured;
  const answers = reached !== null && (reached.secured || reached.failed === null);
  const otherwise = reached?.given && answers ? reached.url : null;
  const published = measured.doors.map((door) => publishing(door, measured.port, otherwise));
  if (!reached) return [...published, pass(`Judged from a file: whether it answers can only be seen where it runs`)];
  return published.every(({ outcome }) => outcome === 'fail') ? published : [...published, ...answering(reached)];
};
