// Writes dist/stage0.sh: what the launcher answers with where Node cannot start. The catalogue goes into it from the
// checks, the spec and the command table, so that nothing of it is kept by hand.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { checks } from '../checks/index.ts';
import { VERDICTS } from '../report-templates/words.ts';
import { type Commands, program } from '../src/cli/program.ts';
import { FORMATS } from '../src/cli/values.ts';
import { upgradeTo } from '../src/facts/upgrade-advice.ts';
import { lifecycleOf } from '../src/header.ts';
import { PROFILES, type Profile, SHAPES, type Shape } from '../src/model.ts';
import { type Plan, type Planned, planOf } from '../src/plan.ts';
import { readSpec } from '../src/read-spec.ts';
import type { Spec } from '../src/spec.ts';
import { REPORT_SCHEMA, TOOL } from '../src/tool.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PARTS = ['facts', 'judge', 'call', 'report', 'main'];

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const assigned = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `wa_${name}=${quoted(value)}`)
    .join('\n');
/** The members of an object as JSON, without its braces. */
const members = (value: object): string => JSON.stringify(value).slice(1, -1);

const NOTHING: Commands = {
  check: async () => {},
  list: async () => {},
  explain: async () => {},
  diff: async () => {},
  wait: async () => {},
  bundle: { bundle: async () => {}, redact: async () => {}, verify: async () => {} },
  render: async () => {},
  schema: async () => {},
  completion: async () => {},
};

/** The words of the command line, by the tool's own table. */
const callWords = () => {
  const table = program(NOTHING);
  const check = table.commands.find((command) => command.name() === 'check');
  if (!check) throw new Error('the command table lacks check');
  const options = [...table.options, ...check.options];
  const names = (valued: boolean): string =>
    options
      .filter((option) => (option.required || option.optional) === valued)
      .flatMap(({ long, short }) => [long, short].filter((name) => name != null))
      .join(' ');
  return {
    version: TOOL.version,
    commands: table.commands.map((command) => command.name()).join(' '),
    valued: names(true),
    flags: `${names(false)} --help -h`,
    usage: check.helpInformation().trim(),
    formats: FORMATS.join(' '),
    profiles: PROFILES.join(' '),
    shapes: SHAPES.join(' '),
    ids: checks.map(({ id }) => id).join(' '),
  };
};

/** One check as a row: id, phase, level, what it writes, its option, whether it goes beyond this host, title, JSON before and after the outcome. */
const row = ({ check, requirement, required }: Planned): string => {
  const { id, title, group, phase } = check;
  const fields = [
    id,
    phase,
    requirement.level,
    check.writes ?? '-',
    check.optIn ?? '-',
    check.outbound ? 'outbound' : '-',
    title,
    members({ id, title, group, phase, level: requirement.level }),
    members({ required, source: requirement.source }),
  ];
  const broken = fields.find((field) => field === '' || /[\t\n]/.test(field));
  if (broken !== undefined) throw new Error(`${id}: "${broken}" is no field of a row`);
  return fields.join('\t');
};

const plannedOf = ({ checks: all }: Plan, id: string): Planned => {
  const planned = all.find(({ check }) => check.id === id);
  if (!planned) throw new Error(`the list of checks lacks ${id}`);
  return planned;
};

/** The least version of a requirement as its spec writes it: a shell compares it number by number. */
const least = (plan: Plan, id: string): string => {
  const { value } = plannedOf(plan, id).required;
  return z
    .string()
    .check(z.regex(/^\d+(\.\d+)*$/, `the limit of ${id} is no version`))
    .parse(value);
};

/** What lifecycle.product says on a day, by the check itself. */
const lifecycleFinding = (plan: Plan, today: string) => {
  const { check, requirement } = plannedOf(plan, 'lifecycle.product');
  const [finding] = [check.judge({ today }, requirement.value)].flat();
  if (!finding) throw new Error('lifecycle.product says nothing');
  return finding;
};

const NEVER = '9999-12-31';
const variant = (spec: Spec, profile: Profile, shape: Shape): string => {
  const selection = {
    profile,
    shape,
    phase: 'all',
    strict: false,
    quick: false,
    offline: false,
    optIns: new Set<string>(),
    only: [],
    skip: [],
    waivers: new Map(),
  } as const;
  const plan = planOf(spec, checks, selection);
  const { endedOn } = plan.lifecycle;
  const ended = lifecycleFinding(plan, NEVER);
  return assigned({
    architectures: z
      .object({ architectures: z.array(z.string()) })
      .parse(plannedOf(plan, 'host.platform').requirement.value)
      .architectures.join(' '),
    kernel_min: least(plan, 'host.kernel'),
    glibc_min: least(plan, 'host.glibc'),
    ended_on: endedOn,
    ended_outcome: ended.outcome,
    ended_message: ended.message,
    ended_remedy: ended.remedy ?? '',
    supported_message: lifecycleFinding(plan, endedOn).message,
    lifecycle_ended: JSON.stringify(lifecycleOf(plan, Date.parse(NEVER))),
    lifecycle_supported: JSON.stringify(lifecycleOf(plan, Date.parse(endedOn))),
    rows: plan.checks.map(row).join('\n'),
  });
};

const cases = (subject: string, branches: readonly (readonly [string, string])[]): string =>
  [`case ${subject} in`, ...branches.map(([pattern, body]) => `${pattern})\n${body}\n;;`), 'esac'].join('\n');

const script = (): string => {
  const spec = readSpec(checks, readFileSync(join(root, 'checks/specs/onprem.yaml'), 'utf8'));
  const { name, version, checkedOn } = spec;
  const head = {
    $schema: REPORT_SCHEMA,
    schemaVersion: '1.0',
    kind: 'HostReport',
    tool: TOOL,
    spec: { name, version, checkedOn },
  };
  const variants = PROFILES.flatMap((profile) =>
    SHAPES.map((shape) => [`${profile}/${shape}`, variant(spec, profile, shape)] as const),
  );
  const verdicts = Object.entries(VERDICTS).map(([outcome, words]) => [outcome, `printf %s ${quoted(words)}`] as const);
  return [
    '# Generated by bin/stage0.ts from the checks, the spec and src/stage0: change those, not this.',
    '# shellcheck shell=sh disable=SC2016,SC2034,SC2154',
    assigned({ ...callWords(), head: members(head), checked_on: checkedOn, upgrade: upgradeTo(null) }),
    `wa_variant() {\n${cases('$1/$2', variants)}\n}`,
    `wa_verdict_words() {\n${cases('$1', verdicts)}\n}`,
    ...PARTS.map((part) => readFileSync(join(root, `src/stage0/${part}.sh`), 'utf8')),
  ].join('\n');
};

/** Writes `stage0.sh` into a folder. Throws where the catalogue cannot be told in it. */
export const writeStage0 = (outDir: string): void => {
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'stage0.sh'), script());
};
