import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { type Evidence, type Recording, recordingSchema } from '../../src/host/evidence.ts';
import type { Question } from '../../src/host/host.ts';
import { type Json, OUTCOMES, PROFILES, SHAPES } from '../../src/model.ts';
import { TOOL } from '../../src/tool.ts';

// The corpus: each host is a file that says how it differs from the boring one, and what must come of it.

const FOLDER = new URL('../hosts/', import.meta.url);
const BORING = 'boring';
/** Hosts that others may be laid over. */
const BASES = [BORING, 'installed', 'multiconnect'] as const;

const answer = z.union([z.strictObject({ value: z.json() }), z.strictObject({ error: z.string() })]);
const outcomes = z.record(z.string(), z.enum(OUTCOMES));

const hostSchema = z.strictObject({
  why: z.string().check(z.minLength(1)),
  /** The host that it is laid over; a recorded host holds all its answers itself. */
  over: z._default(z.enum(BASES), BORING),
  origin: z.enum(['constructed', 'recorded']),
  profile: z._default(z.enum(PROFILES), 'production'),
  shape: z._default(z.enum(SHAPES), 'single'),
  quick: z._default(z.boolean(), false),
  /**
   * Answers by question; maps are laid over the base's answer, null takes the question away. A map over a list is laid over
   * those of its elements that have the keys as names: null takes one away, a new name adds one.
   */
  answers: z._default(z.record(z.string(), z.nullable(answer)), {}),
  /** A recorded host's evidence, as `--record` wrote it, beside this file. */
  recording: z.optional(z.string()),
  /** A host whose evidence is nothing but its own answers. */
  bare: z._default(z.boolean(), false),
  /** Every check whose outcome is not its base's. */
  verdicts: outcomes,
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  /** A phrase that some finding of a check must hold. */
  says: z._default(z.record(z.string(), z.string()), {}),
});

/** One host of the corpus: its whole evidence, and what must come of it. */
export type CorpusHost = z.infer<typeof hostSchema> & {
  readonly name: string;
  readonly evidence: Evidence;
};

const isMap = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const laidOverNamed = (under: readonly Json[], over: Readonly<Record<string, Json>>): Json => {
  const isNamed = (one: Json, name: string) => isMap(one) && one['name'] === name;
  const added = Object.entries(over).filter(([name, one]) => one !== null && !under.some((old) => isNamed(old, name)));
  return [
    ...under.flatMap((one) => {
      const above = isMap(one) ? over[String(one['name'])] : undefined;
      if (above === undefined) return [one];
      return above === null ? [] : [laidOver(one, above)];
    }),
    ...added.map(([name, one]) => laidOver({ name }, one)),
  ];
};

const laidOver = (under: Json | undefined, over: Json): Json => {
  if (Array.isArray(under) && isMap(over)) return laidOverNamed(under, over);
  if (!isMap(under) || !isMap(over)) return over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(
    keys.map((key) => {
      const above = over[key];
      return [key, above === undefined ? (under[key] ?? null) : laidOver(under[key], above)];
    }),
  );
};

const merged = (base: Evidence, answers: z.infer<typeof hostSchema>['answers']): Evidence => {
  const whole: Evidence = structuredClone(base);
  for (const [key, over] of Object.entries(answers)) {
    const under = base[key];
    if (over === null) delete whole[key];
    else if ('error' in over) whole[key] = over;
    else whole[key] = { value: laidOver(under && 'value' in under ? under.value : undefined, over.value) };
  }
  return whole;
};

const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

const hostIn = (name: string) => hostSchema.parse(parse(textOf(`${name}.yaml`), { uniqueKeys: true }));

/** The boring host: a Debian 12 server that passes everything, with every question answered. */
export const boring: CorpusHost = (() => {
  const host = hostIn(BORING);
  return { ...host, name: BORING, evidence: merged({}, host.answers) };
})();

/** The host that another is laid over, and whose outcomes it has but for its own verdicts. */
const baseOf = ({ over }: Pick<CorpusHost, 'over'>): CorpusHost => {
  if (over === BORING) return boring;
  return over === 'installed' ? installed : multiconnect;
};

const evidenceOf = (host: z.infer<typeof hostSchema>): Evidence => {
  if (host.recording) return recordingSchema.parse(JSON.parse(textOf(host.recording))).evidence;
  return merged(host.bare ? {} : baseOf(host).evidence, host.answers);
};

const named = (name: string): CorpusHost => {
  const host = hostIn(name);
  return { ...host, name, evidence: evidenceOf(host) };
};

/** A single-instance deployment that runs well, laid over the boring host. */
export const installed: CorpusHost = named('installed');

/** A cluster that runs well, laid over the installed host. */
const multiconnect: CorpusHost = named('multiconnect');

/** The outcomes of what a host is laid over. */
export const underOf = (host: CorpusHost): CorpusHost['verdicts'] => (host === boring ? {} : expectedOf(baseOf(host)));

/** All outcomes that a host must have. */
export const expectedOf = (host: CorpusHost): CorpusHost['verdicts'] => ({ ...underOf(host), ...host.verdicts });

/** All hosts of the corpus by name, the bases first. */
export const corpus: readonly CorpusHost[] = [
  boring,
  installed,
  multiconnect,
  ...readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml') && !BASES.some((base) => file === `${base}.yaml`))
    .sort()
    .map((file) => named(file.replace(/\.yaml$/, ''))),
];

/** The evidence of one host of the corpus. */
export const hostNamed = (name: string): Evidence => {
  const host = corpus.find((one) => one.name === name);
  if (!host) throw new Error(`there is no host ${name}`);
  return host.evidence;
};

/** The boring host with some answers laid over it, as a host file would. */
export const boringWith = (answers: z.infer<typeof hostSchema>['answers']): Evidence =>
  merged(boring.evidence, answers);

/** Evidence as the file that `--record` writes and `--from` reads. */
export const recordingOf = (evidence: Evidence): Recording => ({
  schemaVersion: '1.0',
  kind: 'HostEvidence',
  tool: TOOL,
  recordedAt: '2026-11-22T12:00:00.000Z',
  evidence,
});

/** A question from its key in the evidence: `exec "getconf" "GNU_LIBC_VERSION"`. */
export const questionOf = (key: string): Question => {
  const [method = '', ...rest] = key.split(/ (?=")/);
  return [method as Question[0], ...rest.map((arg) => z.string().parse(JSON.parse(arg)))];
};
