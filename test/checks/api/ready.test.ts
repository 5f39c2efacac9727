import { describe, expect, it } from 'vitest';
import { apiReady } from '../../../checks/api/ready.ts';
import { apiTemplates } from '../../../checks/api/templates.ts';
import type { Json } from '../../../src/model.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { answers, body, erring, lost, minutesAfterStart, NO_API, notLoggedIn, refused } from './answers.ts';

const CONNECTING = { body: { health: { gateway_status: 'connecting' } } };
const NOT_READY = { status: 500, body: { errors: [{ code: 1011, title: 'Service not ready' }] } };

/** The same deployment after so many restarts of its containers. */
const restarted = (restartCount: number, under: Answers): Answers => {
  const key = 'docker "deployment"';
  const deployment = structuredClone(under[key]) as { containers: { state: { restartCount: number } }[] };
  for (const { state } of deployment.containers) state.restartCount = restartCount;
  return { ...under, [key]: deployment as unknown as Json };
};

describe('api.ready', () => {
  it('passes a client that is connected', async () => {
    expect(saying(await judged(apiReady, answers))).toMatch(/^pass\nReady: connected/);
    expect((await judged(apiReady, notLoggedIn('key'))).outcome).toBe('pass');
    expect((await judged(apiReady, lost('support'))).outcome).toBe('pass');
  });

  it.each([
    [0, 'pass'],
    [6, 'pass'],
    [6.01, 'warn'],
    [10, 'warn'],
    [10.01, 'fail'],
    [100_000, 'fail'],
  ])('lets a start last for 6 minutes: %f minutes after it, %s', async (minutes, outcome) => {
    for (const told of [CONNECTING, NOT_READY])
      expect((await judged(apiReady, minutesAfterStart(minutes, told))).outcome).toBe(outcome);
    const offline = body(
      'support',
      { support: { socket_conn: 'UP receiving offline' } },
      minutesAfterStart(minutes, {}),
    );
    expect((await judged(apiReady, offline)).outcome).toBe(outcome);
  });

  it('hears 1011 in other answers too', async () => {
    const told = erring('settings-application', 500, [{ code: 1011 }], minutesAfterStart(11, {}));
    expect(saying(await judged(apiReady, told))).toMatch(/^fail\n.*error 1011/);
  });

  it('tells flapping from slow', async () => {
    const young = minutesAfterStart(2, CONNECTING);
    expect((await judged(apiReady, restarted(2, young))).outcome).toBe('pass');
    const result = await judged(apiReady, restarted(3, young));
    expect(saying(result)).toMatch(/^warn\n.*restarted it 3 times: it flaps/);
    expect(result.findings[0]?.remedy).toContain('docker logs');
  });

  it('cannot tell how long where the Engine does not tell', async () => {
    for (const nothing of [new Error('no Engine'), { ...(answers['docker "deployment"'] as object), containers: [] }]) {
      const result = await judged(apiReady, {
        ...minutesAfterStart(2, CONNECTING),
        'docker "deployment"': nothing as never,
      });
      expect(saying(result)).toMatch(/^unknown\n.*nobody knows for how long/);
    }
  });

  it.each([
    ['unregistered', 'api.health'],
    ['disconnected', 'api.health'],
  ])('leaves %s to %s', async (status, carrier) => {
    const result = await judged(apiReady, body('health', { health: { gateway_status: status } }));
    expect(result).toMatchObject({ outcome: 'skip', findings: [{ subject: carrier }] });
  });

  it('leaves an expired build to lifecycle.build', async () => {
    const told = { support: { socket_conn: 'UP', expire_timestamp: '2025-10-23T00:00:00' } };
    const result = await judged(apiReady, body('support', told));
    expect(result).toMatchObject({ outcome: 'skip', findings: [{ subject: 'lifecycle.build' }] });
  });

  it('is skip without an API, and unknown without health', async () => {
    expect((await judged(apiReady, NO_API)).outcome).toBe('skip');
    expect((await judged(apiReady, lost('health'))).outcome).toBe('unknown');
    expect((await judged(apiReady, refused('health'))).outcome).toBe('unknown');
  });
});

describe('api.templates', () => {
  it('are loaded where a start is over', async () => {
    expect((await judged(apiTemplates, answers)).outcome).toBe('pass');
  });

  it.each([
    ['a start goes on', minutesAfterStart(2, CONNECTING), 'api.ready'],
    ['1011 is answered', minutesAfterStart(2, NOT_READY), 'api.ready'],
    ['offline messages are taken', body('support', { support: { socket_conn: 'UP receiving offline' } }), 'api.ready'],
    ['nobody is connected', body('health', { health: { gateway_status: 'disconnected' } }), 'api.health'],
  ])('are not told of while %s', async (_, told, carrier) => {
    expect(await judged(apiTemplates, told)).toMatchObject({ outcome: 'skip', findings: [{ subject: carrier }] });
  });

  it('are not told of where only the support node could say that a start is over', async () => {
    for (const told of [notLoggedIn('key'), lost('support')]) {
      const result = await judged(apiTemplates, told);
      expect(result.outcome).toBe('skip');
      expect(result.message).toContain('support node');
    }
  });

  it('cannot tell without health', async () => {
    expect((await judged(apiTemplates, lost('health'))).outcome).toBe('unknown');
  });
});
