import { describe, expect, it } from 'vitest';
import { changesIn } from '../../src/bundle/before-after.ts';
import type { Cleaner } from '../../src/bundle/cleaner.ts';
import { previewOf } from '../../src/bundle/preview.ts';
import { typedRule } from '../../src/cli/own-rule.ts';
import { type Source, SourceError } from '../../src/host/source.ts';
import { redactorOf } from '../../src/redact/redactor.ts';

const SECRET = 'cAnArY#7hunter2';
const redactor = redactorOf({
  key: new Uint8Array(32).fill(7),
  literals: [{ rule: { id: 'env.password', tier: 'credential', kind: 'password' }, value: SECRET }],
  own: [],
  keepNetwork: false,
});
const cleaner: Pick<Cleaner, 'clean'> = {
  clean: async function* (_path, chunks, form) {
    for await (const chunk of chunks) yield redactor.block(chunk, form === 'auto' ? 'text' : form);
  },
};
const source = (text: string, form: Source['form'] = 'log', change: Partial<Source> = {}): Source => ({
  ...{ path: 'app/x.log', part: 'coreapp-logs', collector: 'file', origin: 'x', form, estimate: null },
  ...{ priority: 1, teaches: false },
  open: async () => ({
    chunks: (async function* () {
      yield Buffer.from(text);
    })(),
    lacks: () => null,
  }),
  ...change,
});
const look = (one: Source) => previewOf(one, cleaner, new AbortController().signal);

describe('before and after', () => {
  it('shows of the line as it was only what is still there, and a mask for the rest', () => {
    const [change] = changesIn(`user=wa password=${SECRET} ok`, 'user=wa password=[password-k3m7q2xa] ok', {}, 9);
    expect(change).toEqual({
      line: 1,
      before: 'user=wa password=•••••••• ok',
      after: 'user=wa password=[password-k3m7q2xa] ok',
      rules: [],
    });
  });

  it('shows enough of numbers and addresses to tell which one it was', () => {
    const found = { 'personal.phone': { tier: 'personal', found: 1, labels: ['[phone-7f3kq2xy]'] } } as const;
    const [change] = changesIn(
      'a\nto=66812345678 from 10.20.3.14:52011',
      'a\nto=[phone-7f3kq2xy] from 10.88.1.2:52011',
      found,
      9,
    );
    expect(change).toMatchObject({ line: 2, before: 'to=668•••••678 from 10.20.•.•:52011', rules: ['personal.phone'] });
  });

  it('lays nothing beside each other that has other lines, or too many words', () => {
    expect(changesIn('a\nb', 'c', {}, 9)).toEqual([]);
    const [change] = changesIn(`${'w '.repeat(500)}${SECRET}`, `${'w '.repeat(500)}[x]`, {}, 9);
    expect(change?.before).toBeNull();
  });

  it('says the same mask for a short secret and a long one', () => {
    const masks = ['ab1', 'x'.repeat(60)].map(
      (secret) => changesIn(`p=${secret}`, 'p=[password-k3m7q2xa]', {}, 9)[0]?.before,
    );
    expect(masks[0]).toBe(masks[1]);
  });
});

describe('the preview of a file', () => {
  it('is cleaned as the bundle is, and holds no secret anywhere', async () => {
    const text = `start\nlogin wa ${SECRET} from 10.20.3.14\nto=+66 81 234 5678 sent\n`;
    const preview = await look(source(text));
    expect(preview.state).toBe('read');
    expect(preview.lines).toHaveLength(3);
    expect(preview.changes.length).toBeGreaterThan(0);
    expect(JSON.stringify(preview)).not.toContain('hunter2');
    expect(JSON.stringify(preview)).not.toContain('234 5678');
    expect(JSON.stringify(preview)).not.toContain('10.20.3.14');
  });

  it('looks at the beginning of a log, to the end of a line', async () => {
    const preview = await look(source('0123456789 ordinary line\n'.repeat(40_000)));
    expect(preview.more).toBe(true);
    expect(preview.lines.length).toBeLessThanOrEqual(4000);
    expect(new Set(preview.lines)).toEqual(new Set(['0123456789 ordinary line']));
  });

  it('tells why there is none, and never throws but at the end of all', async () => {
    const denied = source('', 'json', {
      open: async () => {
        throw new SourceError('denied', 'permission denied');
      },
    });
    expect(await look(denied)).toMatchObject({ state: 'failed', reason: 'permission denied', lines: [] });
    expect(await look(source('x'.repeat(5 * 2 ** 20), 'json'))).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('too large'),
    });
    const stopped = new AbortController();
    stopped.abort(new Error('stopped'));
    await expect(previewOf(source('x'), cleaner, stopped.signal)).rejects.toThrow('stopped');
  });

  it('shows what would move a terminal as words', async () => {
    const { lines } = await look(source('a\u001b]52;c;x\u0007b\n'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});

describe('a rule that was typed', () => {
  it('is a word or a pattern, and tells of a word its length alone', () => {
    expect(typedRule('ACME Bank', 0)).toEqual({
      rule: { id: 'own.1', tier: 'credential', literal: 'ACME Bank' },
      words: 'own.1  a word of 9 letters',
    });
    expect(typedRule('/ACME-[0-9]{4}/', 1)).toMatchObject({ rule: { id: 'own.2', pattern: 'ACME-[0-9]{4}' } });
  });

  it.each(['ab', 'AIS', 'Debian', '/a*/', '/(/', '/(a+)+$/', '/(a|b)*c\\1/'])(
    'is refused where it cannot be used: %s',
    (text) => {
      expect(typedRule(text, 0)).toHaveProperty('wrong');
    },
  );
});
