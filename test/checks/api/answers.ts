import type { ApiAnswers } from '../../../src/host/answers/api.ts';
import type { Json } from '../../../src/model.ts';
import { installed } from '../../support/hosts.ts';
import type { Answers } from '../../support/judged.ts';

type Over = { readonly [key: string]: Json };
type Topic = keyof ApiAnswers;

/** What the installed host answers: a single instance that runs well; each test breaks one thing of it. */
export const answers: Answers = Object.fromEntries(
  Object.entries(installed.evidence).flatMap(([key, entry]) => ('value' in entry ? [[key, entry.value] as const] : [])),
);

const isMap = (value: Json | Error | undefined): value is Over =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Error);

/** The good answer of a topic with some of its own fields in place of those there. */
export const over = (topic: Topic, change: Over, under: Answers = answers): Answers => {
  const key = `api "${topic}"`;
  const good = under[key] ?? answers['api "health"'];
  return { ...under, [key]: { ...(isMap(good) ? good : {}), ...change } };
};

/** A node that answers 200 with a body. */
export const body = (topic: Topic, told: Json, under: Answers = answers): Answers =>
  over(topic, { status: 200, body: told }, under);

/** A node that answers an error, or several. */
export const erring = (topic: Topic, status: number, errors: readonly Json[], under: Answers = answers): Answers =>
  over(topic, { status, body: { errors, meta: {} } }, under);

/** A node that answers a status with nothing that is JSON. */
export const bare = (topic: Topic, status: number, under: Answers = answers): Answers =>
  over(topic, { status, body: null, text: '<html>' }, under);

/** A node that got no answer. */
export const lost = (topic: Topic, under: Answers = answers): Answers =>
  over(
    topic,
    {
      status: null,
      body: null,
      failed: { step: 'http', kind: 'closed', message: 'socket hang up', code: 'ECONNRESET' },
    },
    under,
  );

/** Nobody is logged in, and why. */
export const notLoggedIn = (state: ApiAnswers['login']['state'], under: Answers = answers): Answers =>
  over('login', { state, user: null, expiresAt: null, call: null }, under);

/** No API was given. */
export const NO_API: Answers = notLoggedIn(
  'no-api',
  over('endpoint', { url: null, none: 'none was given', tls: null }),
);

/** An API that cannot be reached. */
export const UNREACHED: Answers = over('endpoint', {
  failed: { step: 'tcp', kind: 'refused', message: 'connection refused', code: 'ECONNREFUSED' },
  tls: null,
});

/** A refused question. */
export const refused = (topic: Topic): Answers => ({
  ...answers,
  [`api "${topic}"`]: new Error('the question failed'),
});

/** The health node, asked so many minutes after the start of the one Coreapp, with an answer of its own. */
export const minutesAfterStart = (minutes: number, change: Over, under: Answers = answers): Answers =>
  over('health', { ...change, startedAt: new Date(STARTED_AT + minutes * 60_000).toISOString() }, under);
const STARTED_AT = Date.parse('2026-11-02T06:14:09.118Z');
