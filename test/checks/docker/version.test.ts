import { describe, expect, it } from 'vitest';
import { dockerVersion } from '../../../checks/docker/version.ts';
import { judged, saying } from '../../support/judged.ts';
import { engine, version } from './answers.ts';

// Versions as Engines of distributions, vendors and moby's own builds print them, and what 18.04 except 19.03.7 makes of them.
const VERSIONS = {
  pass: [
    '18.04.0-ce',
    '18.04',
    '18.05.0-ce',
    '18.06.0-ce',
    '18.06.3-ce',
    '18.09.0',
    '18.09.1',
    '18.09.9',
    '18.09.7-0ubuntu1~18.04.4',
    '19.03.0',
    '19.03.6',
    '19.03.70',
    '19.03.8',
    '19.03.8-ce',
    '19.03.13-ce',
    '19.03.15',
    '19.3.15',
    '20.10.2',
    '20.10.5+dfsg1',
    '20.10.24+dfsg1',
    '20.10.25',
    'v20.10.7',
    '20.10.12-0ubuntu4',
    '20.10.0-beta1',
    '23.0.0-rc.1',
    '23.0.6',
    '24.0.5',
    '24.0.7-0ubuntu2~22.04.1',
    '25.0.3',
    '25.0.8',
    '26.1.5+dfsg1',
    '27.5.1',
    '28.2.2',
    '28.5.2+dfsg4',
    '29.0.0',
    '190.3.7',
    ' 24.0.7\n',
  ],
  fail: [
    '1.6.2',
    '1.12.6',
    '1.13.1',
    '1.13.1-ce',
    '17.03.2-ce',
    '17.03.2-ee-4',
    '17.06.0-ce',
    '17.09.1-ce',
    '17.12.1-ce',
    '17.12.1-ce-rc2',
    '18.01.0-ce',
    '18.02.0-ce',
    '18.03.1-ce',
    '18.3.1',
    '18.03.1-ee-12',
    '19.03.7',
    '19.03.7-ce',
    '19.3.7',
    'v19.03.7',
    '19.03.7+azure',
    '19.03.7-0ubuntu1~18.04.1',
  ],
  unknown: [
    '',
    'dev',
    'library-import',
    'master-dockerproject-2020-01-01',
    '0.0.0-dev',
    '0.0.0-20240101000000-abcdef',
    '20260101-abcdef',
    'swarm/1.2.9',
    '-',
    '½8.04',
  ],
} as const;

const of = (text: string) =>
  judged(dockerVersion, { 'docker "engine"': engine(), 'docker "version"': version({ version: text }) });

describe('docker.version', () => {
  it('is held against a table of more than 40 versions', () => {
    expect(Object.values(VERSIONS).flat().length).toBeGreaterThanOrEqual(60);
  });
  for (const [outcome, versions] of Object.entries(VERSIONS))
    it.each(versions)(`${outcome}: "%s"`, async (text) => {
      expect((await of(text)).outcome).toBe(outcome);
    });

  it('names the exclusion without inventing a reason', async () => {
    expect(saying(await of('19.03.7'))).toContain('which the vendor excludes');
  });
  it('never calls Podman Docker', async () => {
    const answers = {
      'docker "engine"': engine({ product: 'podman' }),
      'docker "version"': version({ version: '4.9.3' }),
    };
    const result = await judged(dockerVersion, answers);
    expect(result.outcome).toBe('unknown');
    expect(saying(result)).toContain('Podman 4.9.3');
    expect(saying(result)).not.toContain('Docker 4.9');
  });
  it('is unknown when the Engine gives no answer', async () => {
    const answers = { 'docker "engine"': engine(), 'docker "version"': new Error('it hangs') };
    expect((await judged(dockerVersion, answers)).outcome).toBe('unknown');
  });
});
