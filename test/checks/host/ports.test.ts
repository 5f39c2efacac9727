import { describe, expect, it } from 'vitest';
import { hostPorts } from '../../../checks/host/ports.ts';
import type { Json, Shape } from '../../../src/model.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { engine } from './answers.ts';

const listener = (port: number, program: string | null, pid: number | null, address = '0.0.0.0') => ({
  port,
  address,
  pid,
  program,
});
const container = (port: number, product: string | null, name = 'web', state = 'running') => ({
  id: 'a1',
  name,
  image: product ? `docker.whatsapp.biz/${product}:v2.57.2` : 'nginx:1.27',
  state,
  product,
  ports: [{ host: port, container: 443, address: '0.0.0.0' }],
});
const on = (
  listeners: readonly Json[],
  containers: readonly Json[] = [],
  more: Answers = {},
  shape: Shape = 'single',
) =>
  judged(
    hostPorts,
    {
      'system "listeners"': { listeners },
      'docker "engine"': engine,
      'docker "containers"': { containers },
      ...more,
    },
    { shape },
  );

describe('host.ports', () => {
  it('passes free ports, whatever listens elsewhere', async () => {
    const result = await on([listener(22, 'sshd', 7), listener(9091, 'x', 8)], [container(8080, null)]);
    expect(saying(result)).toBe('pass\nFree: 9090');
  });

  it("passes a port that the client's own container holds, with and without docker-proxy", async () => {
    const own = [container(9090, 'webapp', 'wa_waweb_1')];
    expect((await on([listener(9090, 'docker-proxy', 99)], own)).message).toContain('the client itself (wa_waweb_1)');
    expect((await on([], own)).outcome).toBe('pass');
  });

  it.each<[string, readonly Json[], readonly Json[], string]>([
    ['a program', [listener(9090, 'prometheus', 812)], [], 'prometheus (process 812) on 0.0.0.0'],
    ['a local program', [listener(9090, 'java', 5, '127.0.0.1')], [], 'java (process 5) on 127.0.0.1'],
    ['an unnamed program', [listener(9090, null, 5)], [], 'a program (process 5)'],
    ['an unseen one', [listener(9090, null, null, '::')], [], 'its owner not visible to this user'],
    ['a container', [listener(9090, 'docker-proxy', 99)], [container(9090, null)], 'container web (nginx:1.27)'],
    ['a container without proxy', [], [container(9090, null)], 'container web (nginx:1.27)'],
  ])('fails a port that %s holds', async (_, listeners, containers, who) => {
    const result = await on(listeners, containers);
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(who);
    expect(result.findings.find(({ outcome }) => outcome === 'fail')?.remedy).toBeTruthy();
  });

  it('prefers the listener whose owner is seen', async () => {
    expect((await on([listener(9090, null, null, '::'), listener(9090, 'nginx', 4)])).message).toContain('nginx');
  });

  it('takes no port from containers that are stopped', async () => {
    expect((await on([], [container(9090, null, 'old', 'exited')])).outcome).toBe('pass');
  });

  it('judges each port of multiconnect', async () => {
    const result = await on([listener(6253, 'redis', 3)], [container(6250, 'coreapp', 'wacore-1')], {}, 'multiconnect');
    expect(saying(result).split('\n')).toEqual([
      'fail',
      'Free: 9090, 6251, 6252, 6254, 6255, 6256, 6257',
      'Port 6250 is held by the client itself (wacore-1)',
      'Port 6253 is held by redis (process 3) on 0.0.0.0; the client needs it free.',
    ]);
    expect(result.measured?.display).toBe('7 of 9 free, 1 held by the client');
  });

  it('asks only an Engine of this machine that answers', async () => {
    const denied = { 'docker "engine"': { ...engine, state: 'denied' }, 'docker "containers"': new Error('asked') };
    expect((await on([], [], denied)).outcome).toBe('pass');
    const remote = { 'docker "engine"': { ...engine, local: false }, 'docker "containers"': new Error('asked') };
    expect((await on([], [], remote)).outcome).toBe('pass');
    const proxied = await on([listener(9090, 'docker-proxy', 99)], [], denied);
    expect(proxied.outcome).toBe('unknown');
    expect(proxied.message).toContain('did not tell which one');
  });

  it('cannot tell', async () => {
    expect((await on([], [], { 'system "listeners"': new Error('no') })).outcome).toBe('unknown');
    expect((await on([], [], { 'docker "containers"': new Error('hangs') })).outcome).toBe('unknown');
  });
});
