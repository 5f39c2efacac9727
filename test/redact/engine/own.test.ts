import { describe, expect, it } from 'vitest';
import { learnFromLog } from '../../../src/redact/learn-log.ts';
import { redactorOf } from '../../../src/redact/redactor.ts';
import type { Form, OwnRule } from '../../../src/redact/rule.ts';

const cleaned = (rule: Record<string, string>, text: string, form: Form): string => {
  const own = [{ id: 'own.a', tier: 'credential', ...rule } as OwnRule];
  const redactor = redactorOf({ key: new Uint8Array(32), literals: [], own, keepNetwork: false });
  return Buffer.from(redactor.block(Buffer.from(text), form).bytes).toString();
};

describe('rules of the operator', () => {
  it.each([
    ['a text', { literal: 'Zürich' }, 'in Zürich now', /^in \[own\.a-\S{8}\] now$/],
    ['a text in letters of three bytes', { literal: 'บริษัทไทย' }, 'to บริษัทไทย now', /^to \[own\.a-\S{8}\] now$/],
    ['a pattern', { pattern: 'Mü{1,2}ller[0-9]?' }, 'by Müüller7 now', /^by \[own\.a-\S{8}\] now$/],
    ['a pattern of three-byte letters', { pattern: 'ไทย{2}' }, 'to ไทยย now', /^to \[own\.a-\S{8}\] now$/],
  ])('take out %s beyond ASCII, from a log and from a document', (_, rule, text, expected) => {
    expect(cleaned(rule, text, 'log')).toMatch(expected);
    const document = cleaned(rule, JSON.stringify({ a: text }), 'json');
    expect((JSON.parse(document) as { a: string }).a).toMatch(expected);
  });
});

describe('learning', () => {
  it('from a thousand small logs takes no longer than from one of their size', () => {
    learnFromLog(Buffer.from('warm\n'));
    const since = performance.now();
    for (let at = 0; at < 1000; at += 1) learnFromLog(Buffer.from(`password=Xk3fresh${at}q\n`));
    expect(performance.now() - since).toBeLessThan(4000);
  });
});
