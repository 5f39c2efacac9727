import { describe, expect, it } from 'vitest';
import { containersVersions } from '../../../checks/containers/versions.ts';
import type { DeployedContainer } from '../../../src/host/answers/deployment.ts';
import { judged, saying } from '../../support/judged.ts';
import { coreapp, deployed, described, ended, NOTHING, told, webapp, withVariable } from './answers.ts';

const of = (...containers: readonly DeployedContainer[]) =>
  judged(containersVersions, { 'docker "deployment"': deployed(...containers) });
const inFile = (...containers: readonly DeployedContainer[]) =>
  judged(containersVersions, { 'docker "deployment"': described(...containers) });
const tagged = (tag: string | null, image = `docker.whatsapp.biz/coreapp:${tag}`) => ({ tag, image });
const both = (tag: string | null, image?: string) => [coreapp(tagged(tag, image)), webapp(tagged(tag, image))] as const;

describe('containers.versions', () => {
  it('passes where all are of one version', async () => {
    const result = await of(coreapp(), webapp());
    expect(saying(result)).toBe('pass\nCoreapp wacore, Webapp waweb: v2.57.2');
    expect(result.measured).toMatchObject({ value: '2.57.2' });
  });
  it('fails where they are not, and names who has which', async () => {
    const result = await of(coreapp(tagged('v2.57.20')), webapp());
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('v2.57.20 (Coreapp wacore) and v2.57.2 (Webapp waweb)');
  });
  it('leaves a stopped one of an older version out', async () => {
    const old = coreapp({ ...tagged('v2.55.1'), name: 'old', compose: coreapp().compose, state: ended(0) });
    expect((await of(coreapp(), webapp(), old)).outcome).toBe('pass');
  });
  it('lets two projects on one host differ, each whole', async () => {
    const other = (one: DeployedContainer) => ({
      ...one,
      ...tagged('v2.55.1'),
      name: `b-${one.name}`,
      compose: { project: 'b', service: one.name, folder: null, files: [] },
    });
    expect((await of(coreapp(), webapp(), other(coreapp()), other(webapp()))).outcome).toBe('pass');
    expect((await of(coreapp(), other(webapp()))).outcome).toBe('fail');
  });
  it.each([
    ['vv2.57.2', 'fail', 'pass'],
    ['v2.57.2', 'pass', 'pass'],
    ['2.57.2', 'warn', 'pass'],
    ['latest', 'warn', 'warn'],
    ['stable', 'pass', 'pass'],
  ])('tag %s: %s in a file, %s for what runs', async (tag, file, engine) => {
    expect((await inFile(...both(tag))).outcome).toBe(file);
    expect((await of(...both(tag))).outcome).toBe(engine);
  });
  it('warns of an image without a tag, and not of one that is pinned or lost its tag', async () => {
    expect((await of(...both(null, 'mirror/coreapp'))).outcome).toBe('warn');
    expect((await of(...both(null, `docker.whatsapp.biz/coreapp@sha256:${'a'.repeat(64)}`))).outcome).toBe('pass');
    expect((await of(...both(null, `sha256:${'a'.repeat(64)}`))).outcome).toBe('pass');
  });
  it.each([
    [null, 'docker.whatsapp.biz/coreapp'],
    ['v', 'docker.whatsapp.biz/coreapp:v'],
    ['v$WA_API_VERSION', 'docker.whatsapp.biz/coreapp:v$WA_API_VERSION'],
  ])('is skipped for a file whose version is not given (%s)', async (tag, image) => {
    const result = await inFile(...both(tag, image));
    expect(result).toMatchObject({ outcome: 'skip', message: expect.stringContaining('WA_API_VERSION') });
  });
  it('judges an upgrade of a file beside the client', async () => {
    const upgrade = withVariable(
      coreapp({ ...tagged('v2.59.1'), name: 'dbupgrade', role: 'upgrade' }),
      'WA_DB_UPGRADE',
      told('WA_DB_UPGRADE', '1'),
    );
    expect((await inFile(coreapp(), webapp(), upgrade)).outcome).toBe('fail');
    expect((await of(coreapp(), webapp(), { ...upgrade, state: ended(0) })).outcome).toBe('pass');
  });
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await judged(containersVersions, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
    expect((await judged(containersVersions, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
