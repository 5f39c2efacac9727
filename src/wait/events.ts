import * as z from 'zod/mini';
import { TOPOLOGIES } from '../facts/api/nodes-readiness.ts';
import { errorSchema } from '../report-schema.ts';
import { WAIT_PHASES } from './look.ts';

// What a wait tells, as data: one event a line with --events, one document with --json. Minor versions only add.

const time = z.iso.datetime().check(z.describe('RFC 3339, UTC.'));
const ms = z.int().check(z.nonnegative(), z.describe('Milliseconds.'));
const count = z.int().check(z.nonnegative());
const maybe = <T extends z.core.SomeType>(of: T) => z.nullable(of);
const version = z.string().check(z.regex(/^1\.\d+$/, 'a document of version 1 is needed'));
const tool = z.object({ name: z.string(), version: z.string() });
const phase = z
  .enum(WAIT_PHASES)
  .check(
    z.describe(
      'absent: no API was found. starting: it does not answer yet. database: the schema is created or upgraded. connecting: not connected to WhatsApp. templates: connected, and not ready (1011). offline-messages: they are received, for 6 minutes at most. ready.',
    ),
  );
const lifecycle = z.object({ status: z.enum(['ended', 'supported']), endedOn: z.iso.date(), message: z.string() });
const api = z.object({ url: maybe(z.string()), from: maybe(z.string()) });

const at = { time, elapsedMs: ms.check(z.describe('Since the wait began, ms.')) };
const now = { phase, phaseMs: ms.check(z.describe('How long this phase has been going on, ms.')), message: z.string() };

/** How a wait ended: ready 0, failed 1 (2 where the call lacks a login), timeout 3, stopped by a signal 129, 130 or 143. */
const end = {
  exitCode: z.int().check(z.gte(0), z.lte(255)),
  code: maybe(z.string()).check(
    z.describe(
      'Why it failed: unregistered, expired, password-change, unauthorised, denied, throttled, untrusted, no-login, exited, crash-loop. Null for every other end.',
    ),
  ),
  remedy: maybe(z.string()),
  topology: maybe(z.enum(TOPOLOGIES)),
  flaps: z.array(z.object({ atMs: ms, message: z.string() })),
  polls: count,
  unanswered: count.check(z.describe('Polls to which the API gave no answer.')),
  phases: z.array(z.object({ phase, fromMs: ms, toMs: ms })),
  unknown: z.array(z.string()).check(z.describe('What could not be asked for, in sentences.')),
};

const ending = <Name extends string>(event: Name) =>
  z.object({ event: z.literal(event), ...at, ...now, ...end, api, lifecycle });

/** One line of `--events`. The first is `started`, the last one of ready, failed, timeout, stopped; between two are 10 s at most. */
export const waitEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('started'),
    schemaVersion: version,
    tool,
    ...at,
    timeoutMs: ms,
    intervalMs: ms,
    lifecycle,
  }),
  z.object({ event: z.literal('phase'), ...at, ...now, from: maybe(phase), topology: maybe(z.enum(TOPOLOGIES)), api }),
  z.object({ event: z.literal('poll-failed'), ...at, message: z.string(), inRow: count }),
  z.object({ event: z.literal('flapping'), ...at, message: z.string(), count }),
  z.object({ event: z.literal('waiting'), ...at, ...now }),
  ending('ready'),
  ending('failed'),
  ending('timeout'),
  ending('stopped'),
]);
export type WaitEvent = z.infer<typeof waitEvent>;
export type WaitEnd = Extract<WaitEvent, { event: 'ready' | 'failed' | 'timeout' | 'stopped' }>;

/** The document of `wait --json`. */
export const waitReport = z.object({
  $schema: z.string(),
  schemaVersion: version,
  kind: z.literal('WaitReport'),
  tool,
  lifecycle,
  run: z.object({
    id: z.uuid(),
    startedAt: time,
    durationMs: ms,
    timeoutMs: ms,
    intervalMs: ms,
    outcome: z.enum(['ready', 'failed', 'timeout', 'stopped']),
    exitCode: end.exitCode,
  }),
  api,
  ...now,
  code: end.code,
  remedy: end.remedy,
  topology: end.topology,
  flaps: end.flaps,
  polls: end.polls,
  unanswered: end.unanswered,
  phases: end.phases,
  unknown: end.unknown,
});
export type WaitReport = z.infer<typeof waitReport>;

/** All that `wait --json` may print. */
export const waitOutput = z.union([waitReport, errorSchema]);
