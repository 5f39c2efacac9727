import { describe, expect, it } from 'vitest';
import { containersNames } from '../../../checks/containers/names.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import {
  coreapp,
  deployed,
  described,
  ended,
  links,
  NOTHING,
  RUNNING,
  told,
  tried,
  UNRESOLVED,
  webapp,
  withVariable,
} from './answers.ts';

const NOT_TRIED = links({ wacore: 'it takes root', waweb: 'it takes root' });
const of = (containers: readonly DeployedContainer[], inside: Json | Error = NOT_TRIED) =>
  judged(containersNames, { 'docker "deployment"': deployed(...containers), 'docker "links"': inside });
const inFile = (...containers: readonly DeployedContainer[]) =>
  judged(containersNames, { 'docker "deployment"': described(...containers) });

const BRIDGE = { networkMode: 'bridge', networks: [{ name: 'bridge', aliases: [], addresses: [] }] };
const db = (over: Partial<DeployedContainer> = {}) =>
  coreapp({ name: 'db', role: 'database', image: 'mysql:8.0.33', variables: [], ...over });
const onDatabase = (container: DeployedContainer, name: string) =>
  withVariable(container, 'WA_DB_HOSTNAME', told('WA_DB_HOSTNAME', name));

/** The vendor's single-instance file: all three on the default network. */
const trap = (over: Partial<DeployedContainer> = {}) => [
  onDatabase(coreapp({ ...BRIDGE, ...over }), 'db'),
  onDatabase(webapp({ ...BRIDGE, ...over }), 'db'),
  db(BRIDGE),
];

describe('containers.names, by what is configured', () => {
  it('fails for names of containers on the default network, in a file and on an Engine, and says how to mend it', async () => {
    for (const result of [await inFile(...trap()), await of(trap())]) {
      expect(result.outcome).toBe('fail');
      const words = saying(result);
      expect(words).toContain("wacore is on Docker's default network");
      expect(words).toContain('waweb');
      expect(words).toContain('db (WA_DB_HOSTNAME), wacore (WACORE_HOSTNAME)');
      expect(result.findings[0]?.remedy).toContain('Delete "network_mode: bridge"');
      expect(result.findings[0]?.remedy).toContain('docker compose up -d');
    }
  });
  it('takes "default" for the same network, and names containers that Compose did not make another way out', async () => {
    const [core, web] = trap({ networkMode: 'default', networks: [], compose: null });
    const result = await of([core, web].filter((one) => one !== undefined));
    expect(result.findings[0]).toMatchObject({
      outcome: 'fail',
      remedy: expect.stringContaining('docker network create'),
    });
  });
  it.each([
    ['links', { links: ['db', 'wacore'] }],
    ['extra_hosts', { extraHosts: ['db', 'wacore'] }],
    ['a network beside the default one', { networks: [...BRIDGE.networks, ...coreapp().networks] }],
  ])('passes with %s', async (_, over) => {
    const [core, web] = trap(over);
    expect((await of([core, web, db()].filter((one) => one !== undefined))).outcome).toBe('pass');
  });
  it.each(['10.20.0.15', '2001:db8::15', 'db-1.internal', 'localhost'])('leaves %s alone', async (name) => {
    const core = onDatabase(coreapp(BRIDGE), name);
    const web = onDatabase(webapp({ ...BRIDGE, links: ['wacore'] }), name);
    expect((await of([core, web])).outcome).toBe('pass');
  });
  it('warns of a short name that no container has: a search domain may know it', async () => {
    expect((await inFile(onDatabase(coreapp(BRIDGE), 'mysql01'))).outcome).toBe('warn');
  });
  it("fails for the names of the vendor's own files although the container is in another one", async () => {
    const upgrade = onDatabase(coreapp({ ...BRIDGE, name: 'dbupgrade', role: 'upgrade' }), 'db');
    expect((await inFile(upgrade)).outcome).toBe('fail');
  });
  it('fails where the other container is in another network', async () => {
    const apart = webapp({ networkMode: 'front', networks: [{ name: 'front', aliases: ['waweb'], addresses: [] }] });
    expect(saying(await inFile(coreapp(), apart))).toContain('shares no network');
  });
  it('follows a container whose network another one shares', async () => {
    const shared = webapp({ networkMode: 'service:wacore', networks: [] });
    expect((await inFile(coreapp(), withVariable(shared, 'WACORE_HOSTNAME', null))).outcome).toBe('pass');
    const [core] = trap();
    const sharing = onDatabase(webapp({ networkMode: 'container:id-of-wacore', networks: [] }), 'db');
    if (core) expect((await of([core, sharing, db(BRIDGE)])).outcome).toBe('fail');
  });
  it('warns of a name for the Coreapp that none in the network has, and not of capitals', async () => {
    const named = (name: string) => withVariable(webapp(), 'WACORE_HOSTNAME', told('WACORE_HOSTNAME', name));
    expect((await inFile(coreapp(), named('wacor'))).outcome).toBe('warn');
    expect((await inFile(coreapp(), named('WaCore'))).outcome).toBe('pass');
  });
  it('warns of links for a Webapp that a file describes, or that has ended, and not for one that runs', async () => {
    const linked = (state: DeployedContainer['state']) => webapp({ ...BRIDGE, links: ['wacore'], state });
    const file = await inFile(coreapp(BRIDGE), linked(null));
    expect(file.findings.find(({ link }) => link)).toMatchObject({ outcome: 'warn' });
    expect((await of([coreapp(BRIDGE), linked(ended(1))])).outcome).toBe('warn');
    expect((await of([coreapp(BRIDGE), linked(RUNNING)])).outcome).toBe('pass');
  });
  it('asks no names inside for a file', async () => {
    expect((await inFile(coreapp(), webapp())).outcome).toBe('pass');
  });
});

describe('containers.names, by what was tried inside', () => {
  const inside = (failed: typeof UNRESOLVED | null, name = 'wacore') =>
    links({
      wacore: [tried('WA_DB_HOSTNAME', 'db', 3306)],
      waweb: [tried('WA_DB_HOSTNAME', 'db', 3306), tried('WACORE_HOSTNAME', name, 6250, failed)],
    });

  it('passes although the configuration speaks against it', async () => {
    expect((await of(trap(), inside(null))).outcome).toBe('pass');
  });
  it('fails although nothing speaks against it', async () => {
    const lost = withVariable(webapp(), 'WACORE_HOSTNAME', told('WACORE_HOSTNAME', 'core-1.internal'));
    const result = await of([coreapp(), lost], inside(UNRESOLVED, 'core-1.internal'));
    expect(result).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('does not resolve inside waweb'),
    });
  });
  it('takes a refused connection for a name that resolved', async () => {
    const refused = links({ waweb: [tried('WACORE_HOSTNAME', 'wacore', 6250, { ...UNRESOLVED, step: 'tcp' })] });
    expect((await of([coreapp(), webapp()], refused)).outcome).toBe('pass');
  });
  it.each(['exited', 'restarting'])(
    'leaves the name of a container that is %s to containers.running',
    async (status) => {
      const result = await of([coreapp({ state: { ...RUNNING, status } }), webapp()], inside(UNRESOLVED));
      expect(result.outcome).toBe('pass');
      expect(saying(result)).toContain('not judged, as its container does not run: wacore');
    },
  );
  it('leaves the name of a Coreapp that is not there to containers.running', async () => {
    expect((await of([webapp()], inside(UNRESOLVED))).outcome).toBe('pass');
  });
});

describe('containers.names in a cluster', () => {
  const member = (name: string, over: Partial<DeployedContainer> = {}) =>
    coreapp({
      name,
      variables: [...coreapp().variables, told('WA_APP_MULTICONNECT', '1'), told('COREAPP_HOSTNAME', name)],
      ...over,
    });
  it('wants each member to know the others', async () => {
    expect((await inFile(member('wacore1'), member('wacore2'))).outcome).toBe('pass');
    const result = await inFile(member('wacore1', BRIDGE), member('wacore2', BRIDGE));
    expect(saying(result)).toContain(
      "wacore1 is on Docker's default network, where names of containers do not resolve: wacore2",
    );
  });
});

describe('containers.names without an answer', () => {
  it('is unknown', async () => {
    expect((await of([coreapp(), webapp()], new Error('no answer'))).outcome).toBe('unknown');
  });
  it('is skipped without a deployment', async () => {
    expect((await judged(containersNames, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
