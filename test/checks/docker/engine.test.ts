import { describe, expect, it } from 'vitest';
import { dockerEngine } from '../../../checks/docker/engine.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { engine } from './answers.ts';

const of = (over: Record<string, Json> = {}) => judged(dockerEngine, { 'docker "engine"': engine(over) });
const unreached = (state: string, over: Record<string, Json> = {}) =>
  of({ state, product: null, detail: 'its words', ...over });

describe('docker.engine', () => {
  it('passes when the Engine answers', async () => {
    expect(saying(await of())).toBe('pass\nDocker Engine answers at unix:///var/run/docker.sock');
  });
  it.each([
    ['absent', 'fail', 'There is no Docker Engine', 'Install Docker Engine'],
    ['refused', 'fail', 'No Docker Engine runs', 'systemctl start docker'],
    ['not-an-engine', 'fail', 'is not a Docker Engine', 'Remove what holds the socket'],
    ['denied', 'unknown', 'may not be asked', 'as root'],
    ['silent', 'unknown', 'does not answer', 'systemctl restart docker'],
    ['unusable', 'unknown', 'could not be asked', 'Mend what the message names'],
  ])('%s is told apart: %s', async (state, outcome, words, remedy) => {
    const result = await unreached(state);
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(words);
    expect(result.message).toContain('its words');
    expect(result.findings[0]?.remedy).toContain(remedy);
  });
  it('names what chose the address', async () => {
    const result = await unreached('absent', { from: 'DOCKER_HOST', endpoint: 'unix:///x.sock' });
    expect(result.message).toContain('unix:///x.sock, by DOCKER_HOST');
    expect(result.findings[0]?.remedy).toContain('correct DOCKER_HOST');
    expect((await unreached('unusable', { from: 'context' })).findings[0]?.remedy).toContain('Docker context');
    expect((await of({ from: 'rootless' })).message).toContain('rootless');
  });
  it('advises no root where a plugin behind the socket refuses, and no other address where TLS is wrong', async () => {
    const refused = await unreached('denied', { detail: 'it answered 403: authorization denied by plugin opa' });
    expect(refused.findings[0]?.remedy).toBe(
      'Ask for the right to read /version, /info and /containers of that Engine.',
    );
    const untrusted = await unreached('unusable', { from: 'DOCKER_HOST', local: false });
    expect(untrusted.findings[0]?.remedy).toBe('Mend what the message names, or correct DOCKER_HOST.');
  });
  it('fails for Podman behind the socket, and says what it is', async () => {
    const result = await of({ product: 'podman' });
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain("Podman speaking Docker's API, not Docker");
  });
  it('warns that an Engine over the network is not this machine', async () => {
    const result = await of({ local: false, from: 'DOCKER_HOST', endpoint: 'tcp://10.0.0.5:2376' });
    expect(result.outcome).toBe('warn');
    expect(result.message).toContain('tcp://10.0.0.5:2376');
  });
  it('is unknown when the answer is garbage', async () => {
    expect((await judged(dockerEngine, { 'docker "engine"': { state: 'fine' } })).outcome).toBe('unknown');
  });
});
