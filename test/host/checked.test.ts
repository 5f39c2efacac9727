import { describe, expect, it } from 'vitest';
import { checked } from '../../src/host/checked.ts';
import type { Asking, Question } from '../../src/host/host.ts';
import type { Json } from '../../src/model.ts';

const ASKING: Asking = { signal: new AbortController().signal, progress: () => {} };
const answered = (question: Question, answer: unknown) => checked(async () => answer as Json)(question, ASKING);

describe('an answer', () => {
  it('passes when it has the promised shape, without what nobody asked for', async () => {
    await expect(answered(['system', 'now'], { epochMs: 5, more: 1 })).resolves.toEqual({ epochMs: 5 });
    await expect(answered(['readFile', '/x'], null)).resolves.toBeNull();
    await expect(answered(['list', '/x'], ['a'])).resolves.toEqual(['a']);
    await expect(answered(['exec', 'true'], null)).resolves.toBeNull();
  });

  it.each([
    [['system', 'now'], null],
    [['system', 'now'], undefined],
    [['system', 'now'], {}],
    [['system', 'now'], { epochMs: Number.NaN }],
    [['system', 'now'], { epochMs: '5' }],
    [['system', 'memory'], { total: -1 }],
    [['readFile', '/x'], 7],
    [['readFile', '/x'], 'x'.repeat((1 << 20) + 1)],
    [['list', '/x'], [null]],
    [['exec', 'true'], { exitCode: 0 }],
    [['docker', 'engine'], { state: 'fine' }],
  ] as const)('to %j that is garbage is an error which names the question', async (question, answer) => {
    await expect(answered(question, answer)).rejects.toThrow(/^the answer to .* makes no sense/);
  });

  it('to a question that no host knows is an error', async () => {
    await expect(answered(['system', 'colour'], 1)).rejects.toThrow('is not a question that a host knows');
    await expect(answered(['system', 'toString'], 1)).rejects.toThrow('is not a question that a host knows');
    await expect(answered(['system'], 1)).rejects.toThrow('is not a question that a host knows');
  });

  it("keeps the host's own error", async () => {
    const host = checked(() => Promise.reject(new Error('no right to look')));
    await expect(host(['system', 'now'], ASKING)).rejects.toThrow('no right to look');
  });
});
