import { describe, expect, it } from 'vitest';
import { line } from '../report-templates/line.ts';
import type { Look } from '../report-templates/look.ts';
import * as markdown from '../report-templates/markdown.ts';
import * as nagios from '../report-templates/nagios.ts';
import * as plain from '../report-templates/plain.ts';
import { frameOf } from '../report-templates/screen/frame.ts';
import { plain as cellsOf } from '../report-templates/screen/line.ts';
import { NO_LOGINS } from '../report-templates/screen/login-parts.ts';
import { FRESH, type ScreenState } from '../report-templates/screen/state.ts';
import { har } from '../src/calls/har.ts';
import { postman } from '../src/calls/postman.ts';
import { checked } from '../src/host/checked.ts';
import { type Evidence, replayed } from '../src/host/evidence.ts';
import type { Question } from '../src/host/host.ts';
import type { Json, Report } from '../src/model.ts';
import { judgedWhole } from './support/corpus-run.ts';
import { hostileStrings } from './support/hostile.ts';
import { hostNamed, questionOf } from './support/hosts.ts';

// Hostile text wherever a host's answer may hold text of others: names of containers, images, labels, variables, tags, fields of
// the API and what is in them, versions, errors, certificates, lines of logs. Each is judged and told in every way.

const STRINGS = hostileStrings(10_000, 4);
const LONG = 'x'.repeat(100_000);
/** One in so many places at a time, so that checks go on to judge what else an answer says. */
const EVERY = 3;
const LOOK: Look = { color: false, ascii: false, width: 80, verbose: true };

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

type Path = readonly (string | number)[];

/** Where an answer holds text, and the keys that others chose. */
const textsIn = (value: Json, path: Path = []): readonly Path[] => {
  if (typeof value === 'string') return [path];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
};

const withText = (value: Json, [key, ...rest]: Path, text: string): Json => {
  if (key === undefined) return text;
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? withText(one, rest, text) : one));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === key ? withText(one, rest, text) : one]),
  );
};

/** With another field of this name and text, wherever the answer is an open map. */
const withKey = (value: Json, text: string): Json =>
  value === null || typeof value !== 'object' || Array.isArray(value) ? value : { ...value, [text]: text };

const asking = { signal: new AbortController().signal, progress: () => {} };
const isAnswer = async (question: Question, value: Json): Promise<boolean> => {
  const key = [question[0], ...question.slice(1).map((word) => JSON.stringify(word))].join(' ');
  return checked(replayed({ [key]: { value } }))(question, asking).then(
    () => true,
    () => false,
  );
};

/** The places of a host's answers that take any text: those with words of ours refuse it, and such an answer is an error. */
const openPlaces = async (evidence: Evidence) => {
  const places: { readonly key: string; readonly path: Path }[] = [];
  for (const [key, entry] of Object.entries(evidence)) {
    if (!('value' in entry)) continue;
    for (const path of textsIn(entry.value))
      if (await isAnswer(questionOf(key), withText(entry.value, path, '\u001b[31m'))) places.push({ key, path });
  }
  return places;
};

const tainted = (evidence: Evidence, places: Awaited<ReturnType<typeof openPlaces>>, texts: readonly string[]) => {
  const whole: Evidence = { ...evidence };
  let at = 0;
  for (const { key, path } of places) {
    const entry = whole[key];
    const text = texts[at % texts.length] ?? '';
    at += 1;
    if (entry && 'value' in entry) whole[key] = { value: withText(entry.value, path, text) };
  }
  for (const [key, entry] of Object.entries(whole))
    if (key.startsWith('api "') && 'value' in entry && entry.value !== null && typeof entry.value === 'object') {
      const { body } = entry.value as { readonly body?: Json };
      if (body) whole[key] = { value: { ...entry.value, body: withKey(body, texts[at % texts.length] ?? '') } };
      at += 1;
    }
  return { whole, used: at };
};

const shownAt = (report: Report, columns: number, rows: number) => ({
  ...{ report, reasons: new Map(), ascii: false, columns, rows, tick: 0, still: false, now: 0 },
  ...{ notice: null, refused: null, logins: NO_LOGINS },
});
/** The list, and the details of every tenth check from a place on. */
const framesOf = (report: Report, turn: number): readonly string[] => {
  const states: Partial<ScreenState>[] = [
    {},
    ...report.checks
      .filter((_, at) => (at + turn) % 10 === 0)
      .map(({ id }) => ({ focus: 'detail' as const, selected: id })),
  ];
  return states.flatMap((state) =>
    frameOf(shownAt(report, 80, 24) as never, { ...FRESH, ...state }).map((one) => cellsOf(one)),
  );
};

const told = (report: Report, evidence: Evidence, turn: number): readonly string[] => [
  plain.write(report, LOOK),
  markdown.write(report, LOOK),
  nagios.write(report),
  `${JSON.stringify(report, null, 1)}\n`,
  har(evidence),
  postman(evidence),
  ...report.checks.map((result) => line(result, LOOK)),
  ...framesOf(report, turn),
];

describe.each(['installed', 'multiconnect'])('10,000 hostile strings in the answers of the %s host', (name) => {
  const evidence = hostNamed(name);
  it('bring nothing unprintable into any text, screen, report or collection of calls', async () => {
    const places = await openPlaces(evidence);
    expect(places.length).toBeGreaterThan(200);
    let used = 0;
    let turn = 0;
    for (let from = 0; from < STRINGS.length / 2; ) {
      const texts = STRINGS.slice(from, from + 400);
      const some = places.filter((_, at) => (at + turn) % EVERY === 0);
      const { whole, used: now } = tainted(evidence, some, texts);
      used += now;
      turn += 1;
      from += now;
      const { report } = await judgedWhole(whole);
      for (const text of told(report, whole, turn)) expect(text.match(CONTROL)?.[0]).toBe(undefined);
    }
    expect(used).toBeGreaterThanOrEqual(5000);
  });

  it('stay bounded where they are long', async () => {
    const { whole } = tainted(evidence, await openPlaces(evidence), [LONG]);
    const { report } = await judgedWhole(whole);
    expect(JSON.stringify(report).length).toBeLessThan(4_000_000);
    for (const { message, id } of report.checks) expect(message.length, id).toBeLessThan(4200);
  });
});
