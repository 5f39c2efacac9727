import { describe, expect, it } from 'vitest';
import { dockerCompose } from '../../../checks/docker/compose.ts';
import { judged, saying } from '../../support/judged.ts';

const printed = (stdout: string, exitCode = 0) => ({ exitCode, stdout, stderr: '' });
const NO_PLUGIN = printed('', 1);
const of = (plugin: ReturnType<typeof printed> | Error | null, program: ReturnType<typeof printed> | null) =>
  judged(dockerCompose, { 'exec "docker" "compose" "version"': plugin, 'exec "docker-compose" "version"': program });

const V1 =
  'docker-compose version 1.29.2, build unknown\ndocker-py version: 5.0.3\nCPython version: 3.11.2\nOpenSSL version: OpenSSL 3.0.11';

describe('docker.compose', () => {
  it.each([
    'Docker Compose version v2.20.2',
    'Docker Compose version v2.27.0-desktop.2',
    'Docker Compose version 2.26.1-4',
  ])('passes with the plugin: %s', async (line) => {
    const result = await of(printed(line), null);
    expect(result.outcome).toBe('pass');
    expect(result.message).toContain(line.split(' v').at(-1)?.replace('ersion ', ''));
  });
  it("passes with the first generation, and reads Compose's version among others", async () => {
    expect(saying(await of(NO_PLUGIN, printed(V1)))).toBe(
      'pass\nDocker Compose 1.29.2 (docker-compose, the first generation)',
    );
  });
  it('warns without either, whether or not there is a client', async () => {
    expect((await of(NO_PLUGIN, null)).findings[0]?.remedy).toContain('Compose plugin: the package');
    const none = await of(null, null);
    expect(none.outcome).toBe('warn');
    expect(none.findings[0]?.remedy).toContain("Install Docker's client");
  });
  it('is unknown when what it prints cannot be read, or it hangs', async () => {
    expect((await of(printed('hello'), null)).outcome).toBe('unknown');
    expect((await of(new Error('no answer within 10 s'), null)).outcome).toBe('unknown');
  });
});
