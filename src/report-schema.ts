import * as z from 'zod/mini';
import { LEVELS, ORIGINS, OUTCOMES, PHASES, PROFILES, type Report, SHAPES } from './model.ts';

type Shaped = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.ZodMiniObject<z.core.util.Writeable<Shape>>;

const time = z.iso.datetime().check(z.describe('RFC 3339, UTC.'));
const day = z.iso.date();
const ms = z.int().check(z.nonnegative(), z.describe('Milliseconds.'));
const count = z.int().check(z.nonnegative());
/** Minor versions only add, so that a reader of version 1 reads them all. */
export const reportVersion = z.string().check(z.regex(/^1\.\d+$/, 'a report of version 1 is needed'));

/** The report as it is written, over one way to treat undeclared keys. */
const reportOver = (object: Shaped) => {
  const finding = object({
    outcome: z.enum(OUTCOMES),
    subject: z.exactOptional(z.string()),
    message: z.string(),
    remedy: z.exactOptional(z.string()).check(z.describe('One step that mends it; every fail has one.')),
    link: z.exactOptional(z.string()),
  });
  const measured = z
    .catchall(
      z.object({
        value: z.union([z.number(), z.string(), z.boolean(), z.null()]).check(z.describe('In the unit that is named.')),
        unit: z.exactOptional(z.string()).check(z.describe('UCUM: By (bytes), ms.')),
        stat: z.exactOptional(z.string()),
        display: z.string().check(z.describe('The figure for people.')),
      }),
      z.json(),
    )
    .check(z.describe('The figure, and beside it all that was measured as data.'));
  const required = object({
    op: z.enum(['>=', '<=', '=', 'in', 'is']),
    value: z.json(),
    unit: z.exactOptional(z.string()),
    stat: z.exactOptional(z.string()),
    display: z.string(),
    origin: z.enum(ORIGINS).check(z.describe("Only the vendor's own number or words can be required.")),
  });
  const source = object({
    document: z.string(),
    clause: z.string(),
    says: z.string().check(z.describe("The clause in this tool's words.")),
    link: z.exactOptional(z.string()),
    checkedOn: day,
  });
  const result = object({
    id: z.string().check(z.describe('Dotted, lower case, permanent.')),
    title: z.string(),
    group: z.string(),
    phase: z.enum(PHASES),
    level: z.enum(LEVELS),
    outcome: z.enum(OUTCOMES).check(z.describe('unknown: looked and could not find out.')),
    waived: z
      .exactOptional(object({ reason: z.string(), until: day, by: z.string() }))
      .check(z.describe('Keeps the true outcome and takes it out of the exit code.')),
    message: z.string().check(z.describe('What is, then what was needed.')),
    measured: z.exactOptional(measured),
    required: z.exactOptional(required),
    findings: z.array(finding).check(z.minLength(1)),
    reason: z
      .exactOptional(z.string())
      .check(z.describe('Why nothing was found out: no-answer, cancelled, needs, left-out, not-given.')),
    source: z.exactOptional(source),
    durationMs: ms,
  });
  return object({
    $schema: z.string(),
    schemaVersion: reportVersion,
    kind: z.literal('HostReport'),
    tool: object({ name: z.string(), version: z.string() }),
    spec: object({ name: z.string(), version: z.string(), checkedOn: day }),
    run: object({
      id: z.uuid(),
      startedAt: time,
      durationMs: ms,
      outcome: z.enum(['ready', 'ready-with-warnings', 'not-ready', 'not-proven']),
      exitCode: z.int().check(z.gte(0), z.lte(255)),
      profile: z.enum(PROFILES),
      phase: z.string(),
      shape: z.enum(SHAPES),
      privileged: z.boolean(),
      strict: z.boolean(),
      replayed: z.boolean().check(z.describe('Judged from a recording.')),
      interrupted: z.exactOptional(z.string()).check(z.describe('What stopped the run before its end.')),
      planned: z.array(z.string()).check(z.describe('Every planned check; each has its result in `checks`.')),
    }),
    lifecycle: object({ status: z.enum(['ended', 'supported']), endedOn: day, message: z.string(), source }),
    host: object({
      name: z.string(),
      os: z.string(),
      kernel: z.string(),
      arch: z.string(),
      virtualization: z.string(),
    }),
    summary: object({ pass: count, warn: count, fail: count, unknown: count, skip: count, waived: count }),
    checks: z.array(result),
  });
};

/** A report as JSON holds it: all of `Report` but what is pending. */
export type WrittenReport = Omit<Report, 'pending'>;

// Both ways have one static type, that of the declared keys: what else a loose object carries is never read.
/** What a reader accepts, and the published schema: later minor versions may add keys. */
export const reportSchema = reportOver(z.looseObject as unknown as Shaped);
/** What this version writes: no key that is not declared. */
export const writtenReportSchema = reportOver(z.strictObject as unknown as Shaped);

/** The document instead of a report where there is none. `code`: usage, stopped, output or bug. */
export const errorSchema = z.looseObject({
  kind: z.literal('Error'),
  schemaVersion: reportVersion,
  code: z.string().check(z.regex(/^[a-z]+(-[a-z]+)*$/)),
  message: z.string(),
});

/** All that `--json` may print. */
export const outputSchema = z.union([reportSchema, errorSchema]);

// The schema and the type say the same, or this does not compile: key by key, through every level.
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Checks<T extends { readonly checks: readonly object[] }> = T['checks'][number];
// Free data has no keys to compare; it only has to fit.
type Declared<T extends { readonly checks: readonly object[] }> = Omit<T, 'checks'> & {
  checks: Omit<Checks<T>, 'measured' | 'required'>[];
};
type Read = z.infer<typeof reportSchema>;
type SchemaAgrees = [
  Same<Plain<Declared<Read>>, Plain<Declared<WrittenReport>>>,
  Read extends WrittenReport ? true : false,
];
const agrees: SchemaAgrees = [true, true];
void agrees;
