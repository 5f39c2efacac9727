import { fail, pass, skip, unknown, warn } from '../../check.ts';
import type { Finding } from '../../model.ts';
import type { HealthNode, SupportNode } from './nodes.ts';
import { type Start, startOf, timeWords } from './starts.ts';
import type { Trouble } from './trouble.ts';

/** A sign that an initialization goes on, and at which node; null for the whole. */
export type Sign = { readonly node: string | null; readonly sign: string };

const NOT_READY = 1011;

/** What tells that a start is not over: 1011, `connecting`, and offline messages being received. */
export const signsOf = (
  health: readonly HealthNode[],
  supported: readonly SupportNode[],
  troubles: readonly (Trouble | null)[],
): readonly Sign[] => [
  ...(troubles.some((trouble) => trouble?.code === NOT_READY)
    ? [{ node: null, sign: 'error 1011 (service not ready)' }]
    : []),
  ...[...health, ...supported].flatMap(({ name, errors }) =>
    errors.some(({ code }) => code === NOT_READY) ? [{ node: name, sign: 'error 1011 (service not ready)' }] : [],
  ),
  ...health.flatMap(({ name, status }) => (status === 'connecting' ? [{ node: name, sign: 'connecting' }] : [])),
  ...supported.flatMap(({ name, socket }) =>
    socket === 'SC' || socket === 'UP receiving offline' ? [{ node: name, sign: `socket ${socket}` }] : [],
  ),
];

/** The newest start of those that the signs are about; null where one of them is not known. */
export const newestStart = (signs: readonly Sign[], starts: readonly Start[]): Start | null => {
  const named = signs.filter(({ node }) => node !== null);
  const of = (named.length > 0 ? named : signs).map(({ node }) => startOf(node, starts));
  const known = of.filter((start) => start !== null);
  return known.length < of.length ? null : (known.toSorted((a, b) => b.at - a.at)[0] ?? null);
};

/** Restarts from which a container that is not ready goes round in circles. */
const FLAPPING = 3;

const LOG = (name: string) => `Look for the reason in its log: docker logs --tail 500 ${name}.`;

/** How long an initialization has lasted, held against what is normal after a start, ms. */
export const startingFinding = (
  signs: readonly Sign[],
  start: Start | null,
  now: number | null,
  { normal, failAfter }: { readonly normal: number; readonly failAfter: number },
): Finding => {
  const what = [...new Set(signs.map(({ sign }) => sign))].join(', ');
  const most = `up to ${timeWords(normal)} is normal after each start and each new connection`;
  if (start === null || now === null)
    return unknown(`The client initializes (${what}), nobody knows for how long; ${most}`, {
      remedy: 'Wait for it, and see how long it takes: wa-preflight wait --timeout 7m.',
    });
  const since = Math.max(0, now - start.at);
  const is = `${start.name} initializes (${what}), ${timeWords(since)} after its start; ${most}`;
  const flaps = start.restarts >= FLAPPING;
  const why = flaps ? `; Docker restarted it ${start.restarts} times: it flaps, it is not slow` : '';
  const extra = {
    subject: start.name,
    remedy: flaps ? LOG(start.name) : `See whether it connects at all (network.chat). ${LOG(start.name)}`,
  };
  if (since > failAfter) return fail(`${is}${why}`, extra);
  if (since > normal || flaps) return warn(`${is}${why}`, extra);
  return pass(is, { subject: start.name });
};

/** Who judges what keeps the client from ever being ready. */
const CARRIERS: Readonly<Record<string, string>> = {
  expired: 'lifecycle.build',
  'password-change': 'api.login',
  unauthorised: 'api.health',
};

/** Said where something else than a start keeps the client from being ready. */
export const notStarting = (message: string, never: string | null): Finding => {
  const carrier = CARRIERS[never ?? ''];
  return skip(`Nothing is initializing: ${message}; see ${carrier ?? 'api.health and api.support'}.`, {
    subject: carrier ?? 'api.health',
  });
};
