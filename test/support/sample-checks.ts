import * as z from 'zod/mini';
import { type AnyCheck, defineCheck, fail, pass, warn } from '../../src/check.ts';
import type { Evidence } from '../../src/host/evidence.ts';
import type { Profile, Shape } from '../../src/model.ts';
import { type Plan, planOf, type Selection } from '../../src/plan.ts';
import { readSpec } from '../../src/read-spec.ts';
import { size } from '../../src/units.ts';

// A small catalogue of our own: what is tested here is the engine, whatever the real checks are.

const ended = defineCheck({
  id: 'lifecycle.product',
  title: 'Product',
  group: 'lifecycle',
  phase: 'before',
  touches: 'Reads the clock.',
  remedy: 'Mend it.',
  requirement: z.strictObject({ endedOn: z.iso.date() }),
  limit: ({ endedOn }) => ({ op: '<=', value: endedOn, display: endedOn }),
  measure: async (host) => ({ today: new Date((await host.system('now')).epochMs).toISOString().slice(0, 10) }),
  figure: ({ today }) => ({ value: today, display: today }),
  judge: ({ today }, { endedOn }) =>
    today > endedOn ? fail('ended', { remedy: 'Move on.' }) : pass('still supported'),
});

const memory = defineCheck({
  id: 'host.memory',
  title: 'Memory',
  group: 'host',
  phase: 'before',
  touches: 'Reads memory.',
  remedy: 'Mend it.',
  requirement: z.strictObject({ min: size, grace: z.optional(z.number()) }),
  limit: ({ min }) => ({ op: '>=', value: min, unit: 'By', display: `>= ${min}` }),
  measure: async (host) => ({ total: (await host.system('memory')).total }),
  figure: ({ total }) => ({ value: total, unit: 'By', display: `${total} B` }),
  judge: ({ total }, { min }) =>
    total >= min ? pass(`${total} is enough`) : fail(`${total}, at least ${min} needed`, { remedy: 'Add memory.' }),
});

const kernel = defineCheck({
  id: 'host.kernel',
  title: 'Kernel',
  group: 'host',
  phase: 'before',
  touches: 'Reads uname.',
  remedy: 'Mend it.',
  requirement: z.strictObject({ bad: z.string() }),
  limit: ({ bad }) => ({ op: 'is', value: bad, display: `not ${bad}` }),
  measure: async (host) => {
    const { release } = await host.system('identity');
    return { release, hosts: (await host.readFile('/etc/hosts'))?.length ?? null };
  },
  figure: ({ release }) => ({ value: release, display: release }),
  judge: ({ release }, { bad }) =>
    release === bad ? [pass('one'), fail('bad kernel', { remedy: 'Boot another.' })] : pass('a good kernel'),
});

const engine = defineCheck({
  id: 'docker.engine',
  title: 'Engine',
  group: 'docker',
  phase: 'before',
  needs: ['host.kernel'],
  touches: 'Asks the Engine.',
  remedy: 'Mend it.',
  requirement: z.strictObject({}),
  limit: () => ({ op: 'is', value: true, display: 'reachable' }),
  measure: async (host) => ({ state: (await host.docker('engine')).state }),
  figure: ({ state }) => ({ value: state, display: state }),
  judge: ({ state }) => (state === 'reachable' ? pass('reachable') : fail('away', { remedy: 'Start it.' })),
});

const disk = defineCheck({
  id: 'disk.write-latency',
  title: 'Writes',
  group: 'disk',
  phase: 'after',
  needs: ['docker.engine'],
  touches: 'Writes.',
  remedy: 'Mend it.',
  writes: 'writes 1 MiB',
  requirement: z.strictObject({ ports: z.array(z.number()) }),
  limit: ({ ports }) => ({ op: 'in', value: ports, display: ports.join(' ') }),
  measure: async (host) => ({ target: (await host.disk('target')).path }),
  figure: ({ target }) => ({ value: target, display: target }),
  judge: ({ target }) => warn(`at ${target}`, { remedy: 'Look.' }),
});

export const CHECKS: readonly AnyCheck[] = [ended, memory, kernel, engine, disk];

/** A spec for them. `host.memory` differs by profile, `disk.write-latency` by shape. */
export const SPEC = `
name: sample
version: "1"
checkedOn: "2026-11-22"
documents:
  guide: { title: The guide, link: https://example.com/guide }
  own: { title: Our own advice }
requirements:
  lifecycle.product:
    level: advice
    origin: vendor-number
    source: { document: guide, clause: End, says: It ended. }
    reason: It ended.
    value: { endedOn: "2025-10-23" }
  host.memory:
    level: recommended
    origin: vendor-number
    source: { document: guide, clause: Memory, says: At least 16 GB. }
    reason: It is needed.
    value: { min: 16 GiB }
    profiles:
      development: { level: advice, origin: vendor-text, value: { min: 4 GiB } }
  host.kernel:
    level: required
    origin: vendor-number
    source: { document: guide, clause: Kernel, says: A good kernel., link: https://example.com/kernel }
    reason: It is needed.
    value: { bad: "1.0" }
  docker.engine:
    level: required
    origin: vendor-text
    source: { document: guide, clause: Docker, says: Docker. }
    reason: It is needed.
    value: {}
  disk.write-latency:
    level: advice
    origin: our-advice
    source: { document: own, clause: Disk, says: A disk. }
    reason: It is needed.
    value: { ports: [9090] }
    shapes:
      multiconnect: { value: { ports: [9090, 6250] } }
`;

/** A selection of everything, changed. */
export const selecting = (change: Partial<Selection> = {}): Selection => ({
  profile: 'production' satisfies Profile,
  phase: 'all',
  shape: 'single' satisfies Shape,
  strict: false,
  quick: false,
  offline: false,
  optIns: new Set(),
  only: [],
  skip: [],
  waivers: new Map(),
  ...change,
});

/** The plan of all sample checks, or of others, by the sample spec. */
export const samplePlan = (change: Partial<Selection> = {}, checks = CHECKS): Plan =>
  planOf(readSpec(CHECKS, SPEC), checks, selecting(change));

/** Who the good host is. */
export const IDENTITY = {
  name: 'core-1',
  platform: 'linux',
  release: '6.1.0',
  version: '#1 SMP',
  machine: 'x86_64',
  uid: 0,
  virtualization: 'kvm',
  container: null,
  kubernetes: false,
} as const;

/** Answers to all that the sample checks and the header ask: a host on which all is well. */
export const goodEvidence = (): Evidence => ({
  'system "identity"': { value: IDENTITY },
  'system "now"': { value: { epochMs: Date.UTC(2025, 0, 1) } },
  'system "memory"': { value: { total: 2 ** 35, available: 2 ** 34, installed: null, limit: null, limitFrom: null } },
  'readFile "/etc/hosts"': { value: '127.0.0.1 localhost' },
  'readFile "/etc/os-release"': { value: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12"\n' },
  'docker "engine"': {
    value: {
      endpoint: '/var/run/docker.sock',
      from: 'default',
      local: true,
      state: 'reachable',
      detail: null,
      product: 'docker',
    },
  },
  'disk "target"': { value: { path: '/var/lib', from: 'default' } },
});
