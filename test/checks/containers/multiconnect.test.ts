import { describe, expect, it } from 'vitest';
import { containersMulticonnect } from '../../../checks/containers/multiconnect.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import { judged, saying } from '../../support/judged.ts';
import { coreapp, deployed, described, LOGIN, NOTHING, published, told, webapp, withVariable } from './answers.ts';

const INSIDE = [6250, 6251, 6252, 6253];
const of = (...containers: readonly DeployedContainer[]) =>
  judged(containersMulticonnect, { 'docker "deployment"': deployed(...containers) });

/** A Coreapp of a cluster within one host, as the vendor's development file makes it: ports that Docker chooses. */
const member = (name: string, over: Partial<DeployedContainer> = {}) =>
  coreapp({
    name,
    role: name.startsWith('master') ? 'master' : 'coreapp',
    ports: INSIDE.map((port) => published(port, null)),
    variables: [
      ...LOGIN,
      told('WA_APP_MULTICONNECT', '1'),
      told('COREAPP_HOSTNAME', name),
      told('COREAPP_EXTERNAL_PORTS', '6250,6251,6252,6253'),
    ],
    ...over,
  });
const web = webapp({
  variables: [
    ...LOGIN,
    told('WA_APP_MULTICONNECT', '1'),
    told('WEBAPP_HOSTNAME', 'waweb'),
    told('WEBAPP_EXTERNAL_PORTS', '9090'),
  ],
});
const masters = [member('master1'), member('master2')];
const cores = [member('wacore1'), member('wacore2')];
const withCore = (core: DeployedContainer) => of(...masters, core, member('wacore2'), web);

/** The same as one host of several: named and published as other hosts see it. */
const outside = (name: string, first: number, over: Partial<DeployedContainer> = {}) => {
  const hosts = INSIDE.map((_, at) => first + at);
  const one = member(name, { ports: INSIDE.map((port, at) => published(port, hosts[at] ?? 0)), ...over });
  const named = withVariable(one, 'COREAPP_HOSTNAME', told('COREAPP_HOSTNAME', 'wa-1.example.com'));
  return withVariable(named, 'COREAPP_EXTERNAL_PORTS', told('COREAPP_EXTERNAL_PORTS', hosts.join(',')));
};

describe('containers.multiconnect', () => {
  it('is skipped for a single instance and without a deployment, and unknown without an answer', async () => {
    expect(saying(await of(coreapp(), webapp()))).toContain('A single instance');
    expect((await judged(containersMulticonnect, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
    expect((await judged(containersMulticonnect, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
  });
  it('passes for the cluster of the vendor, on an Engine and in a file', async () => {
    expect((await of(...masters, ...cores, web)).outcome).toBe('pass');
    const file = { 'docker "deployment"': described(...masters, ...cores, web) };
    expect((await judged(containersMulticonnect, file)).outcome).toBe('pass');
  });
  it.each([
    [2, 2, 'pass'],
    [1, 2, 'warn'],
    [0, 2, 'fail'],
    [2, 1, 'warn'],
  ])('%i masters and %i Coreapps: %s', async (some, others, outcome) => {
    expect((await of(...masters.slice(0, some), ...cores.slice(0, others), web)).outcome).toBe(outcome);
  });
  it('counts none that may be on another host', async () => {
    const result = await of(outside('master', 6254), outside('wacore', 6250), web);
    expect(result.outcome).toBe('pass');
    expect(saying(result)).toContain('api.health counts the whole');
  });

  describe('what a member states of itself', () => {
    it.each([
      ['6250,6251,6252', 'fail'],
      ['6250,6251,6252,6253,6254', 'fail'],
      ['6250;6251;6252;6253', 'fail'],
      ['6250,6251,6252,62530000', 'fail'],
      [' 6250, 6251, 6252, 6253 ', 'pass'],
    ])('ports %s: %s', async (ports, outcome) => {
      const stated = told('COREAPP_EXTERNAL_PORTS', ports);
      expect((await withCore(withVariable(member('wacore1'), 'COREAPP_EXTERNAL_PORTS', stated))).outcome).toBe(outcome);
    });
    it('has to be what is published, in its order, where other hosts are to reach it', async () => {
      const wrong = told('COREAPP_EXTERNAL_PORTS', '6250,6251,6253,6252');
      const result = await of(
        outside('master', 6254),
        withVariable(outside('wacore', 6250), 'COREAPP_EXTERNAL_PORTS', wrong),
      );
      expect(result).toMatchObject({
        outcome: 'fail',
        message: expect.stringContaining('but publishes 6250 for 6250'),
      });
      expect(result.findings.filter(({ outcome }) => outcome === 'fail')).toHaveLength(1);
    });
    it('may be its own ports inside Docker, although others are published', async () => {
      const moved = member('wacore1', { ports: INSIDE.map((port) => published(port, port + 10)) });
      expect((await withCore(moved)).outcome).toBe('pass');
    });
    it('leads nowhere from other hosts where nothing is published', async () => {
      const result = await of(outside('master', 6254), outside('wacore', 6250, { ports: [] }));
      expect(result).toMatchObject({ outcome: 'fail', message: expect.stringContaining('publishes no port') });
      const onHost = outside('wacore', 6250, { ports: [], networkMode: 'host', networks: [] });
      expect((await of(outside('master', 6254), onHost)).outcome).toBe('pass');
    });
    it('includes the published port of the Webapp', async () => {
      const wrong = withVariable(web, 'WEBAPP_EXTERNAL_PORTS', told('WEBAPP_EXTERNAL_PORTS', '9091'));
      const away = withVariable(wrong, 'WEBAPP_HOSTNAME', told('WEBAPP_HOSTNAME', 'wa-1.example.com'));
      const result = await of(outside('master', 6254), outside('wacore', 6250), away);
      expect(result.message).toContain('WEBAPP_EXTERNAL_PORTS=9091, but publishes 9090 for 443');
    });
    it('includes a name, and one of its own', async () => {
      const nameless = await withCore(withVariable(member('wacore1'), 'COREAPP_HOSTNAME', null));
      expect(nameless).toMatchObject({ outcome: 'fail', message: expect.stringContaining('has no COREAPP_HOSTNAME') });
      const twice = await withCore(
        withVariable(member('wacore1'), 'COREAPP_HOSTNAME', told('COREAPP_HOSTNAME', 'wacore2')),
      );
      expect(twice).toMatchObject({ outcome: 'fail', message: expect.stringContaining('say that they are the same') });
    });
    it('is not judged where a file takes it from a variable that is not set', async () => {
      const untold = { name: 'COREAPP_HOSTNAME', value: null, secret: null };
      const result = await of(
        withVariable(outside('master', 6254), 'COREAPP_HOSTNAME', untold),
        withVariable(outside('wacore', 6250), 'COREAPP_HOSTNAME', untold),
      );
      expect(result.outcome).toBe('pass');
    });
    it('warns without ports', async () => {
      expect((await withCore(withVariable(member('wacore1'), 'COREAPP_EXTERNAL_PORTS', null))).outcome).toBe('warn');
    });
  });

  it('fails for a member without the switch, and for a database that cannot be shared', async () => {
    expect((await withCore(withVariable(member('wacore1'), 'WA_APP_MULTICONNECT', null))).message).toContain(
      'wacore1 has no WA_APP_MULTICONNECT=1',
    );
    const sqlite = withVariable(member('wacore1'), 'WA_DB_ENGINE', told('WA_DB_ENGINE', 'SQLITE'));
    expect((await withCore(sqlite)).message).toContain('a server that all share');
  });
});
