import { describe, expect, it } from 'vitest';
import { lifecycleBuild } from '../../../checks/lifecycle/build.ts';
import type { Json } from '../../../src/model.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { answers, body, lost, NO_API, notLoggedIn } from '../api/answers.ts';

// The installed host's clock says 2026-11-22T12:00:00Z.
const DEPLOYMENT = 'docker "deployment"';
const NOTHING: Json = {
  from: 'nothing',
  where: '',
  nothing: 'no Engine',
  onlyRunning: false,
  others: 0,
  containers: [],
};
const until = (expire_timestamp: Json) =>
  judged(lifecycleBuild, body('support', { support: { version: '2.57.2', expire_timestamp } }));

/** What the Engine alone tells of all images. */
const images = (facts: Json, tag: string | null = 'v2.57.2', under: Answers = notLoggedIn('no-login')) => {
  const deployment = structuredClone(answers[DEPLOYMENT]) as { containers: { imageFacts: Json; tag: string | null }[] };
  for (const container of deployment.containers) Object.assign(container, { imageFacts: facts, tag });
  return judged(lifecycleBuild, { ...under, [DEPLOYMENT]: deployment as unknown as Json });
};
const facts = (created: string | null, expiresOn: string | null = null) => ({
  created,
  expiresOn,
  architecture: 'amd64',
});

describe('lifecycle.build', () => {
  it.each([
    ['2027-03-01T00:00:00', 'pass'],
    ['2026-12-22T12:00:01', 'pass'],
    ['2026-12-22T12:00:00', 'warn'],
    ['2026-11-22T12:00:01Z', 'warn'],
    ['2026-11-22T12:00:00', 'fail'],
    ['2026-11-22T19:00:00+07:00', 'fail'],
    ['2026-11-22 19:00:01+07', 'warn'],
    ['2026-11-22 19:00:00+07', 'fail'],
    ['2026-11-22 12:00:01 UTC', 'warn'],
    ['2026-11-22 12:00:00 UTC', 'fail'],
    ['2026-11-22', 'fail'],
    ['2026-11-23', 'warn'],
    ['2025-10-23T00:00:00', 'fail'],
  ])('until %s: %s', async (expires, outcome) => {
    expect((await until(expires)).outcome).toBe(outcome);
  });

  it('says that nothing replaces a build since the product ended', async () => {
    const result = await until('2025-10-23T00:00:00');
    expect(result.message).toContain('expired on 2025-10-23 by the support node');
    expect(result.message).toContain('there is none that replaces it');
    expect(result.findings[0]?.remedy).toContain('Cloud API');
    const then = { ...body('support', { support: { version: '2.45.1', expire_timestamp: '2023-06-01' } }) };
    const before = await judged(lifecycleBuild, { ...then, 'system "now"': { epochMs: Date.UTC(2024, 0) } });
    expect(before.findings[0]?.remedy).toBe('Update the client to a build that has not expired.');
  });

  it('takes the first of a cluster to end, and leaves out nodes that do not tell', async () => {
    const support = {
      'core-a:1': { socket_conn: 'UP', expire_timestamp: '2027-03-01T00:00:00' },
      'core-b:2': { socket_conn: 'UP', expire_timestamp: '2026-12-01T00:00:00' },
      'core-c:3': { errors: [{ code: 1014 }] },
    };
    const result = await judged(lifecycleBuild, body('support', { support }));
    expect(saying(result)).toMatch(/^warn\nThe build of core-b:2 works until 2026-12-01/);
  });

  it('asks the label of the images where the client does not tell', async () => {
    for (const under of [
      notLoggedIn('no-login'),
      notLoggedIn('key'),
      lost('support'),
      body('support', { support: { version: 'x', expire_timestamp: 'soon' } }),
    ]) {
      const result = await images(facts('2026-01-01T00:00:00Z', '2027-03-01'), 'v2.57.2', under);
      expect(saying(result)).toMatch(/^pass\n.*until 2027-03-01 by its label EXPIRES_ON/);
    }
    expect((await images(facts(null, '2026-11-01'))).outcome).toBe('fail');
  });

  it.each([
    ['2026-06-26T12:00:01Z', 'v2.57.2', 'pass'],
    ['2026-06-25T12:00:00Z', 'v2.57.2', 'warn'],
    ['2026-05-26T12:00:00Z', 'v2.57.2', 'fail'],
    ['2026-11-09T12:00:00Z', '2.58.0', 'pass'],
    ['2026-11-01T12:00:00Z', 'v2.58.0', 'warn'],
    ['2026-10-08T12:00:00Z', 'v2.58.0', 'fail'],
    ['0001-01-01T00:00:00Z', 'v2.57.2', 'unknown'],
    ['1970-01-01T00:00:00Z', 'v2.57.2', 'unknown'],
    ['2026-11-01T12:00:00Z', 'latest', 'unknown'],
    ['2026-11-01T12:00:00Z', null, 'unknown'],
    [null, 'v2.57.2', 'unknown'],
  ])('an image of %s, tagged %s: %s', async (created, tag, outcome) => {
    expect((await images(facts(created), tag)).outcome).toBe(outcome);
  });

  it('is told of images of which no container runs any more: that may be why', async () => {
    const deployment = structuredClone(answers[DEPLOYMENT]) as {
      containers: { imageFacts: Json; state: { status: string } }[];
    };
    const { containers } = deployment;
    const judgedNow = () =>
      judged(lifecycleBuild, { ...notLoggedIn('no-login'), [DEPLOYMENT]: deployment as unknown as Json });
    for (const container of containers) container.imageFacts = facts(null, '2026-11-01');
    for (const { state } of containers) state.status = 'exited';
    expect((await judgedNow()).outcome).toBe('fail');
    const up = containers.find((one) => 'role' in one && one.role === 'coreapp');
    Object.assign(up ?? {}, { imageFacts: facts(null, '2027-03-01'), state: { ...up?.state, status: 'running' } });
    expect((await judgedNow()).outcome).toBe('pass');
  });

  it('is skip where no client is, and unknown where nobody tells', async () => {
    expect((await judged(lifecycleBuild, { ...NO_API, [DEPLOYMENT]: NOTHING })).outcome).toBe('skip');
    expect((await judged(lifecycleBuild, { ...NO_API, [DEPLOYMENT]: new Error('x') })).outcome).toBe('unknown');
    expect((await images(null)).outcome).toBe('unknown');
    const login = { ...answers, 'api "login"': new Error('x') };
    expect((await judged(lifecycleBuild, login)).outcome).toBe('pass');
    expect((await judged(lifecycleBuild, { ...answers, 'system "now"': new Error('x') })).outcome).toBe('unknown');
  });
});
