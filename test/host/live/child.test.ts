import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askChild } from '../../../src/host/live/child.ts';
import { tree } from '../../support/tree.ts';

const asking = { signal: new AbortController().signal, progress: () => {} };
const late = () => 'too late';

describe('a question in a child process', () => {
  it('is answered', async () => {
    expect(await askChild({ ask: 'place', about: '/' }, asking, 10_000, late)).toMatchObject({ existing: '/' });
  });

  it('is answered whole, also where that is more than a pipe holds', async () => {
    const text = 'x'.repeat(500_000);
    const path = join(tree({ 'long.env': text }), 'long.env');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => askChild({ ask: 'file', about: path }, asking, 10_000, late)),
    );
    for (const answer of answers) expect((answer as { text: string }).text === text).toBe(true);
  });

  it('is refused in the words of the child', async () => {
    const asked = askChild({ ask: 'nonsense', about: '/' }, asking, 10_000, late);
    await expect(asked).rejects.toThrow('"nonsense" is no question for a measuring process');
  });

  it('is too late after its deadline, and cancelled when it is', async () => {
    await expect(askChild({ ask: 'place', about: '/' }, asking, 1, late)).rejects.toThrow('too late');
    const cancelled = { ...asking, signal: AbortSignal.abort() };
    await expect(askChild({ ask: 'place', about: '/' }, cancelled, 10_000, late)).rejects.toThrow('cancelled');
  });

  it('hands no variable of ours that may be a secret to the child', async () => {
    process.env['WA_DB_PASSWORD'] = 'canary';
    process.env['NODE_OPTIONS'] = '--no-such-option-for-the-child';
    try {
      expect(await askChild({ ask: 'place', about: '/' }, asking, 10_000, late)).toMatchObject({ existing: '/' });
    } finally {
      delete process.env['WA_DB_PASSWORD'];
      delete process.env['NODE_OPTIONS'];
    }
  });
});
