import { describe, expect, it } from 'vitest';
import { containersPorts } from '../../../checks/containers/ports.ts';
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
  REFUSED,
  RUNNING,
  tried,
  UNRESOLVED,
  webapp,
} from './answers.ts';

type Failed = Parameters<typeof tried>[3];
const PORTS = [6250, 6251, 6252, 6253];
const each = (failed: (port: number) => Failed) =>
  links({ waweb: PORTS.map((port) => tried('WACORE_HOSTNAME', 'wacore', port, failed(port))) });
const of = (inside: Json | Error, containers: readonly DeployedContainer[] = [coreapp(), webapp()]) =>
  judged(containersPorts, { 'docker "deployment"': deployed(...containers), 'docker "links"': inside });

describe('containers.ports', () => {
  it('passes where the Webapp connects to all four', async () => {
    expect(saying(await of(each(() => null)))).toBe('pass\nwaweb connects to wacore on 6250-6253');
  });
  it('fails for one that is refused, and says which', async () => {
    const result = await of(each((port) => (port === 6252 ? REFUSED : null)));
    expect(result.outcome).toBe('fail');
    expect(saying(result)).toContain('waweb cannot connect to wacore on 6252: nothing listens there');
    expect(saying(result)).toContain('waweb connects to wacore on 6250-6251, 6253');
  });
  it.each([
    ['no-answer', 'as where a firewall drops it'],
    ['unreachable', 'there is no way there'],
    ['other', 'ECONNREFUSED'],
  ])('fails for %s in words of its own', async (kind, words) => {
    const result = await of(each(() => ({ ...REFUSED, kind })));
    expect(result).toMatchObject({ outcome: 'fail', message: expect.stringContaining(words) });
  });
  it('takes a port that no Coreapp listens on for a slip in what it states', async () => {
    const stated = tried('COREAPP_HOSTNAME of wacore', 'wacore', 6235, REFUSED);
    const result = await of(links({ waweb: [stated] }));
    expect(result.findings[0]).toMatchObject({ outcome: 'fail', remedy: expect.stringContaining('EXTERNAL_PORTS') });
    const usual = await of(each((port) => (port === 6252 ? REFUSED : null)));
    expect(usual.findings[0]?.remedy).toContain('Look into the log');
  });
  it('leaves a name that does not resolve to containers.names', async () => {
    const result = await of(each(() => UNRESOLVED));
    expect(result).toMatchObject({ outcome: 'skip', message: expect.stringContaining('containers.names') });
  });
  it('leaves a Coreapp that does not run to containers.running', async () => {
    const result = await of(
      each(() => UNRESOLVED),
      [coreapp({ state: ended(1) }), webapp()],
    );
    expect(result).toMatchObject({ outcome: 'skip', message: expect.stringContaining('containers.running') });
  });
  it('does not take the database for a Coreapp', async () => {
    expect((await of(links({ waweb: [tried('WA_DB_HOSTNAME', 'db', 3306, REFUSED)] }))).outcome).toBe('skip');
  });
  it('is unknown where it could not be tried, with the reason', async () => {
    const result = await of(links({ wacore: 'it takes root', waweb: 'it takes root' }));
    expect(result).toMatchObject({ outcome: 'unknown', message: expect.stringContaining('it takes root') });
    expect((await of(new Error('no answer'))).outcome).toBe('unknown');
  });
  it('tries nothing from a Webapp that is paused', async () => {
    const paused = webapp({ state: { ...RUNNING, status: 'paused' } });
    expect((await of(links({ waweb: 'it is paused' }), [coreapp(), paused])).outcome).toBe('skip');
  });
  it('is skipped for a file, and without a deployment', async () => {
    const file = { 'docker "deployment"': described(coreapp(), webapp()) };
    expect(saying(await judged(containersPorts, file))).toContain('Judged from a file');
    expect((await judged(containersPorts, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
