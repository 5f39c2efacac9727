import { describe, expect, it } from 'vitest';
import { dockerLogRotation } from '../../../checks/docker/log-rotation.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { engine, info } from './answers.ts';

const of = (file: string | null, driver: string | null = 'json-file', over: Record<string, Json> = {}) =>
  judged(dockerLogRotation, {
    'docker "info"': info({ loggingDriver: driver }),
    'docker "engine"': engine(over),
    'readFile "/etc/docker/daemon.json"': file,
  });

describe('docker.log-rotation', () => {
  it('passes with a max-size', async () => {
    expect(saying(await of('{"log-opts":{"max-size":"100m","max-file":"5"}}'))).toBe(
      'pass\nLog driver json-file, at most 100m a file by /etc/docker/daemon.json',
    );
  });
  it.each([
    ['no file', null],
    ['an empty file', '\n'],
    ['no log-opts', '{"debug":true}'],
    ['a limit of -1', '{"log-opts":{"max-size":"-1"}}'],
    ['only max-file', '{"log-opts":{"max-file":"3"}}'],
  ])('warns with %s', async (_, file) => {
    const result = await of(file);
    expect(result.outcome).toBe('warn');
    expect(result.findings[0]?.remedy).toContain('max-size');
  });
  it.each(['journald', 'local', 'none'])('passes for %s', async (driver) => {
    expect((await of(null, driver)).outcome).toBe('pass');
  });
  it.each(['{"log-opts":', '[1]', '{"log-opts":{"max-size":{}}}'])(
    'is unknown for a file such as %s, and names it',
    async (file) => {
      const result = await of(file);
      expect(result.outcome).toBe('unknown');
      expect(result.message).toContain('/etc/docker/daemon.json');
    },
  );
  it('is unknown for an Engine whose file is not here', async () => {
    expect((await of(null, 'json-file', { local: false, from: 'context' })).outcome).toBe('unknown');
    expect((await of(null, 'json-file', { from: 'rootless' })).outcome).toBe('unknown');
  });
  it("never reads the system's file for a rootless Engine, by whatever its address was chosen", async () => {
    const result = await judged(dockerLogRotation, {
      'docker "info"': info({ securityOptions: ['name=seccomp,profile=builtin', 'name=rootless'] }),
      'docker "engine"': engine({ from: 'context' }),
      'readFile "/etc/docker/daemon.json"': '{"log-opts":{"max-size":"100m"}}',
    });
    expect(result.outcome).toBe('unknown');
    expect(result.findings[0]?.remedy).toContain('daemon.json of that Engine');
  });
  it('is unknown for no driver or one that nobody knows', async () => {
    expect((await of(null, null)).outcome).toBe('unknown');
    expect((await of(null, 'my-plugin')).outcome).toBe('unknown');
  });
});
