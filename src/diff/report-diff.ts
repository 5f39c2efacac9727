import * as z from 'zod/mini';
import { LEVELS, ORIGINS, OUTCOMES, PHASES, PROFILES, SHAPES } from '../model.ts';
import { errorSchema } from '../report-schema.ts';

// What a comparison tells, as data. Minor versions only add.

const maybe = <T extends z.core.SomeType>(of: T) => z.nullable(of);
const count = z.int().check(z.nonnegative());
const version = z.string().check(z.regex(/^1\.\d+$/, 'a document of version 1 is needed'));
const tool = z.object({ name: z.string(), version: z.string() });

/** What each of two was: a report, a recording that was judged for the comparison, or a bundle. */
const SIDES = ['report', 'recording', 'bundle'] as const;

/** How a check came out against before. `noise`: its figure differs, and by no more than it does from round to round. */
export const COURSES = ['worse', 'other', 'better', 'noise'] as const;
export type Course = (typeof COURSES)[number];

/** What of a check is not as it was. */
const CHANGES = ['appeared', 'disappeared', 'outcome', 'waived', 'findings', 'required', 'measured'] as const;
export type Change = (typeof CHANGES)[number];

const side = z.object({
  kind: z.enum(SIDES),
  tool,
  spec: z.object({ name: z.string(), version: z.string(), checkedOn: z.string() }),
  run: z.object({
    startedAt: z.string(),
    outcome: z.enum(['ready', 'ready-with-warnings', 'not-ready', 'not-proven']),
    exitCode: z.int(),
    profile: z.enum(PROFILES),
    phase: z.string(),
    shape: z.enum(SHAPES),
    strict: z.boolean(),
  }),
  host: z.object({
    name: z.string(),
    os: z.string(),
    kernel: z.string(),
    arch: z.string(),
    virtualization: z.string(),
  }),
});
export type DiffSide = z.infer<typeof side>;

const finding = z.object({ outcome: z.enum(OUTCOMES), subject: maybe(z.string()), message: z.string() });
export type DiffFinding = z.infer<typeof finding>;

const state = z.object({
  outcome: z.enum(OUTCOMES),
  waived: z.boolean(),
  message: z.string(),
  measured: maybe(
    z.object({
      value: maybe(z.union([z.number(), z.string(), z.boolean()])),
      unit: maybe(z.string()),
      stat: maybe(z.string()),
      display: z.string(),
    }),
  ),
  required: maybe(z.object({ display: z.string(), level: z.enum(LEVELS), origin: z.enum(ORIGINS) })),
});
export type DiffState = z.infer<typeof state>;

const band = z.object({
  unit: z.string(),
  stat: z.string(),
  difference: z.number().check(z.describe('After, less before.')),
  noise: z.number().check(z.describe('What the two may differ by without any cause: within that they are the same.')),
  changed: z.boolean(),
  by: z
    .enum(['spread', 'share', 'few'])
    .check(
      z.describe(
        'spread: the rounds of both. share: a tenth of the figure. few: half of it, of too few samples or rounds.',
      ),
    ),
});
export type Band = z.infer<typeof band>;

const check = z.object({
  id: z.string(),
  title: z.string(),
  phase: z.enum(PHASES),
  course: z.enum(COURSES),
  changes: z.array(z.enum(CHANGES)),
  before: maybe(state),
  after: maybe(state),
  band: maybe(band).check(z.describe('Of two latencies; null for every other figure.')),
  findings: z.object({
    added: z.array(finding),
    gone: z.array(finding),
    changed: z.array(z.object({ before: finding, after: finding })),
  }),
});
export type CheckDiff = z.infer<typeof check>;

const fact = z.object({
  question: z.string().check(z.describe('Of the evidence: `docker "version"`.')),
  path: z.string().check(z.describe('In its answer: `components.containerd.version`.')),
  before: maybe(z.string()),
  after: maybe(z.string()),
});
export type Fact = z.infer<typeof fact>;

export const diffSchema = z.object({
  $schema: z.string(),
  schemaVersion: version,
  kind: z.literal('ReportDiff'),
  tool,
  before: side,
  after: side,
  warnings: z.array(z.string()).check(z.describe('Why the two can be compared in part only.')),
  worse: z.boolean().check(z.describe('Whether something got worse: --exit-code ends with 1 then.')),
  summary: z.object({ worse: count, other: count, better: count, noise: count, same: count }),
  checks: z.array(check).check(z.describe('Checks that differ; what got worse first.')),
  same: z.array(z.string()).check(z.describe('Checks in which nothing differs.')),
  facts: maybe(
    z.object({
      changed: z.array(fact),
      leftOut: count.check(z.describe('Further changes beyond the most that are listed.')),
      pseudonyms: count.check(
        z.describe('Values that differ in addresses or names alone, where one side holds pseudonyms.'),
      ),
    }),
  ).check(z.describe('Answers of the hosts that changed; null where not both sides hold evidence.')),
});
export type ReportDiff = z.infer<typeof diffSchema>;

/** All that `diff --json` may print. */
export const diffOutput = z.union([diffSchema, errorSchema]);
