import { har } from '../../../calls/har.ts';
import { madeCalls } from '../../../calls/made.ts';
import { postman } from '../../../calls/postman.ts';
import type { Evidence } from '../../evidence.ts';
import { type Part, type Source, SourceError } from '../../source.ts';
import { dataOf, jsonText, wholeOf } from './source-of.ts';

// What the run was answered, as files: nothing is asked a second time.

/** The answer to a question as the run got it; why there is none, as a SourceError. */
const answerTo = (evidence: Evidence, key: string): unknown => {
  const entry = Object.hasOwn(evidence, key) ? evidence[key] : undefined;
  if (!entry) throw new SourceError('absent', `the run did not ask for it (${key})`);
  if ('error' in entry) throw new SourceError('failed', `the run got no answer: ${entry.error}`);
  if (entry.value === null) throw new SourceError('absent', 'the run found that there is none');
  return entry.value;
};

/** All answers of a kind by their questions, errors among them; null where nothing was asked. */
const answersOf = (evidence: Evidence, wanted: (key: string) => boolean): unknown => {
  const found = Object.entries(evidence).filter(([key]) => wanted(key));
  const told = found.map(([key, entry]) => [key, 'error' in entry ? { error: entry.error } : entry.value]);
  return found.length > 0 ? Object.fromEntries(told) : null;
};

/** A file of one answer. */
export const answerFile = (evidence: Evidence, part: Part, path: string, key: string): Source =>
  dataOf({ path, part, collector: key, origin: `the answer to ${key}`, priority: 1 }, () => answerTo(evidence, key));

/** A file of all answers whose questions begin so. */
export const answersFile = (
  evidence: Evidence,
  part: Part,
  path: string,
  origin: string,
  wanted: (key: string) => boolean,
): Source =>
  dataOf(
    { path, part, collector: 'answers of the run', origin, priority: 1 },
    () => answersOf(evidence, wanted),
    `the run did not ask for ${origin}`,
  );

const API_FILES: readonly (readonly [file: string, topic: string, node: string])[] = [
  ['app/support-info.json', 'support', 'GET /v1/support'],
  ['app/health.json', 'health', 'GET /v1/health'],
  ['app/stats-app.json', 'stats-app', 'GET /v1/stats/app'],
  ['app/stats-db.json', 'stats-db', 'GET /v1/stats/db'],
  ['app/settings.json', 'settings-application', 'GET /v1/settings/application'],
  ['app/shards.json', 'shards', 'GET /v1/account/shards'],
  ['app/business-profile.json', 'business-profile', 'GET /v1/settings/business/profile'],
  ['app/profile-about.json', 'profile-about', 'GET /v1/settings/profile/about'],
];

/** Why a node of the API was not asked, as the state of the login tells. */
const withoutCall = (evidence: Evidence): SourceError => {
  const entry = evidence['api "login"'];
  const login = entry && 'value' in entry ? (entry.value as { readonly state?: string } | null) : null;
  const state = login?.state ?? '';
  if (['no-login', 'denied', 'throttled', 'password-change', 'untrusted'].includes(state))
    return new SourceError('denied', `the API was not asked: its login came to "${state}"`);
  if (state === 'no-api') return new SourceError('absent', 'no API of the client was given or found');
  return new SourceError('absent', 'the run did not call it');
};

const callFile =
  (evidence: Evidence) =>
  ([path, topic, node]: (typeof API_FILES)[number]): Source =>
    dataOf(
      { path, part: 'api', collector: node, origin: 'the call that the run made', priority: 1, teaches: true },
      () => {
        const made = madeCalls(evidence).find(({ name }) => name === topic);
        if (!made) throw withoutCall(evidence);
        const { call } = made;
        if (call.failed) throw new SourceError('failed', `${node}: ${call.failed.message}`);
        const { status, startedAt, ms, body, text } = call;
        if (status === 401 || status === 403) throw new SourceError('denied', `${node} was answered with ${status}`);
        return { asked: node, status, startedAt, ms, body: body ?? text };
      },
    );

const metrics = (evidence: Evidence): Source =>
  wholeOf(
    {
      path: 'app/metrics.txt',
      part: 'api',
      collector: 'GET /metrics',
      origin: 'the call that the run made',
      form: 'text',
      priority: 4,
    },
    async () => {
      const made = madeCalls(evidence).find(({ name }) => name === 'metrics');
      if (!made) throw withoutCall(evidence);
      if (made.call.failed) throw new SourceError('failed', `GET /metrics: ${made.call.failed.message}`);
      return made.call.text ?? jsonText(made.call.body);
    },
  );

/** The calls that the run made, to be made again: HAR and a Postman collection. */
const replays = (evidence: Evidence): readonly Source[] =>
  (
    [
      ['api/calls.har', har],
      ['api/calls.postman.json', postman],
    ] as const
  ).map(([path, written]) =>
    wholeOf(
      {
        path,
        part: 'api',
        collector: 'calls of the run',
        origin: 'API calls that reproduce it',
        form: 'json',
        priority: 1,
      },
      async () => {
        if (madeCalls(evidence).length === 0) throw withoutCall(evidence);
        return written(evidence);
      },
    ),
  );

/** What the API answered, node for node, and the calls. */
export const apiFiles = (evidence: Evidence): readonly Source[] => [
  ...API_FILES.map(callFile(evidence)),
  metrics(evidence),
  ...replays(evidence),
];

const DATABASE = ['login', 'connect', 'server', 'rights', 'size', 'latency', 'commit-latency', 'client-network'];

/** What is known of the database: its version, variables, sizes, rights and latencies. Never rows. */
export const databaseFiles = (evidence: Evidence): readonly Source[] =>
  DATABASE.map((topic) =>
    answerFile(evidence, 'database', `database/${topic}.json`, `database ${JSON.stringify(topic)}`),
  );
