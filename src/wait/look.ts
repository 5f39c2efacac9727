import { READY_PHASES, type Topology } from '../facts/api/nodes-readiness.ts';
import { type NeverReady, readinessOf } from '../facts/api/readiness.ts';
import type { ApiAnswers, ApiCall } from '../host/answers/api.ts';
import type { Seen } from './containers.ts';

/** What one poll saw; null where it was not asked or gave no answer. */
export type Look = {
  readonly endpoint: ApiAnswers['endpoint'] | null;
  readonly login: ApiAnswers['login'] | null;
  readonly health: ApiCall | null;
  readonly support: ApiCall | null;
  readonly further: readonly ApiCall[];
  readonly shards: number | null;
  readonly containers: readonly Seen[];
  /** Why questions gave no answer. */
  readonly failed: readonly string[];
};

/** `absent`: there is no API to ask, and no container of the client. */
export const WAIT_PHASES = ['absent', ...READY_PHASES] as const;
export type WaitPhase = (typeof WAIT_PHASES)[number];

/** What ends the wait before its time; `exitCode` 2 where the call itself lacks something. */
export type Final = {
  readonly code: NeverReady['code'] | 'denied' | 'throttled' | 'untrusted' | 'no-login' | 'exited' | 'crash-loop';
  readonly message: string;
  readonly remedy: string;
  readonly exitCode: 1 | 2;
};

/** What one poll came to. */
export type Observation = {
  readonly phase: WaitPhase;
  readonly message: string;
  /** The API gave no answer: that may be the poll's own bad luck. */
  readonly unanswered: boolean;
  readonly final: Final | null;
  readonly topology: Topology | null;
  readonly unknown: readonly string[];
};

const LOGIN_PLACES = 'WA_API_USERNAME and WA_API_PASSWORD, or WA_API_KEY';

const REMEDIES = {
  'no-login': `Set ${LOGIN_PLACES}.`,
  denied: `Set ${LOGIN_PLACES}, to a login that the API takes.`,
  throttled: 'Wait for some minutes, then try with the right password.',
  'password-change': 'Change the password of the user with POST /v1/users/login and new_password.',
  untrusted: 'Name its authority with --api-ca FILE, or pin the certificate with --api-fingerprint SHA256.',
} as const;

const STATES: Readonly<Record<keyof typeof REMEDIES, string>> = {
  'no-login': 'no login of the API was given',
  denied: 'the API does not take the login',
  throttled: 'the API takes no logins for now: there were too many wrong ones',
  'password-change': 'the password must be changed before anything else is answered (1024)',
  untrusted: 'the certificate of the API is not trusted, so no login was sent',
};

const isFinal = (state: string): state is keyof typeof REMEDIES => Object.hasOwn(REMEDIES, state);

const NOTHING = { unanswered: false, final: null, topology: null, unknown: [] } as const;

/** How long the whole of a certificate's fingerprint is worth repeating: it is what is to be pinned. */
const certificateWords = (endpoint: Look['endpoint']): string => {
  const [leaf] = endpoint?.tls?.chain ?? [];
  const fault = endpoint?.tls?.fault;
  return leaf ? ` (${fault ? `${fault}, ` : ''}SHA-256 ${leaf.fingerprint})` : '';
};

/** What no waiting mends, by the state of the login. */
const refused = (state: keyof typeof REMEDIES, endpoint: Look['endpoint']): Observation => {
  const message = `${STATES[state]}${state === 'untrusted' ? certificateWords(endpoint) : ''}`;
  const final: Final = { code: state, message, remedy: REMEDIES[state], exitCode: state === 'no-login' ? 2 : 1 };
  return { ...NOTHING, phase: 'starting', message, final };
};

const silent = (why: string | undefined): Observation => ({
  ...NOTHING,
  phase: 'starting',
  message: `the API does not answer${why ? `: ${why}` : ''}`,
  unanswered: true,
});

/** What the login came to where it brought no session; null where there is one. */
const withoutSession = ({ endpoint, login }: Look): Observation | null => {
  if (!login || login.state === 'token' || login.state === 'key') return null;
  const { state, call } = login;
  if (state === 'no-api') return absent(endpoint);
  if (isFinal(state)) return refused(state, endpoint);
  if (!call || call.status === null) return silent(call?.failed?.message ?? endpoint?.failed?.message);
  // A login that failed for another reason than itself tells how far the client is.
  const { phase, message, never } = readinessOf({ health: call, support: null, further: [], shards: null }, 0);
  return { ...NOTHING, phase, message, final: never && { ...never, exitCode: 1 } };
};

const absent = (endpoint: Look['endpoint']): Observation => ({
  ...NOTHING,
  phase: 'absent',
  message: endpoint?.none ?? 'no API of the client was found',
});

/** What a look comes to. `now` in ms since 1970: a build's last day is held against it where the client tells no clock. */
export const observe = (look: Look, now: number): Observation => {
  const { endpoint, health, support, further, shards, failed } = look;
  if (endpoint?.url === null) return absent(endpoint);
  const session = withoutSession(look);
  if (session) return session;
  if (!health) return silent(endpoint?.failed?.message ?? failed[0]);
  // A key is shown by calls alone, so that its certificate is in the way of nothing before.
  if (health.failed?.kind === 'untrusted') return refused('untrusted', endpoint);
  const { phase, message, never, topology, unknown } = readinessOf({ health, support, further, shards }, now);
  const unanswered = health.status === null || health.status === 429;
  return { phase, message, unanswered, final: never && { ...never, exitCode: 1 }, topology, unknown };
};
