import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { cells } from '../../report-templates/wrap.ts';
import { catalogue, explain, list } from '../../src/cli/catalogue.ts';
import { schema } from '../../src/cli/schema.ts';
import { UsageError } from '../../src/usage-error.ts';
import { CHECKS, SPEC } from '../support/sample-checks.ts';

const SAMPLE = catalogue(CHECKS, SPEC);

describe('list', () => {
  it('has every check on one line, in report order', () => {
    const lines = list({ json: false }).trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(checks.map(({ id }) => id));
    expect(list({ json: false }, SAMPLE).split('\n')[1]).toBe('host.memory         recommended  Memory');
  });

  it('is one JSON document with --json', () => {
    const { kind, schemaVersion, checks: listed } = JSON.parse(list({ json: true }, SAMPLE));
    expect({ kind, schemaVersion }).toEqual({ kind: 'Catalogue', schemaVersion: '1.0' });
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(listed[1].requirements).toContainEqual({
      profile: 'development',
      shape: 'single',
      level: 'advice',
      origin: 'vendor-text',
      display: `>= ${4 * 2 ** 30}`,
    });
  });
});

describe('explain', () => {
  it('tells all that a check is', () => {
    expect(explain('host.memory', 72, SAMPLE)).toBe(
      [
        'Memory (host.memory)',
        '',
        'asks      Reads memory.',
        'when      before the install',
        "required  production: >= 17179869184 (recommended, the vendor's number)",
        "          development: >= 4294967296 (advice, the vendor's words, our",
        '          number)',
        'clause    The guide, Memory: At least 16 GB.',
        '          https://example.com/guide',
        'read on   2026-11-22',
        'why       It is needed.',
        'to do     Mend it.',
        '',
      ].join('\n'),
    );
  });

  it('tells what a check writes and needs, and how shapes differ', () => {
    const text = explain('disk.write-latency', 200, SAMPLE);
    expect(text).toContain('writes    It writes 1 MiB; --quick leaves it out.');
    expect(text).toContain('needs     docker.engine');
    expect(text).toContain('production, single: 9090 (advice, our advice)');
    expect(text).toContain('production, multiconnect: 9090 6250 (advice, our advice)');
    expect(explain('docker.engine', 200, SAMPLE)).toContain("required  reachable (required, the vendor's words");
  });

  it.each(checks.map(({ id }) => id))('fits every width, has clause and remedy: %s', (id) => {
    for (const width of [20, 40, 80, 200]) {
      const text = explain(id, width);
      for (const row of text.split('\n'))
        expect(cells(row) <= width || /^ *https:\/\/\S+$/.test(row), `${width}: ${row}`).toBe(true);
    }
    for (const label of ['asks', 'required', 'clause', 'why', 'to do'])
      expect(explain(id, 100)).toMatch(new RegExp(`^${label} +\\S`, 'm'));
  });

  it('of no check is a wrong call', () => {
    expect(() => explain('host.memori', 80, SAMPLE)).toThrow(
      'there is no check "host.memori", did you mean "host.memory"?',
    );
    expect(() => explain('\u001b[2J', 80, SAMPLE)).toThrow('\\x1b[2J');
    expect(() => explain('', 80, SAMPLE)).toThrow(UsageError);
  });
});

describe('schema', () => {
  it.each(['report', 'bundle', 'spec', 'evidence', 'diff'])('prints that of a %s', (name) => {
    const text = schema(name);
    const parsed = JSON.parse(text);
    expect(parsed.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(parsed.$id).toMatch(/-1\.json$/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('of anything else is a wrong call', () => {
    expect(() => schema('raport')).toThrow('did you mean "report"?');
    expect(() => schema('toString')).toThrow(UsageError);
  });
});
