import { describe, expect, it } from 'vitest';
import type { AnyCheck } from '../src/check.ts';
import { readSpec } from '../src/read-spec.ts';
import { settle } from '../src/spec.ts';
import { UsageError } from '../src/usage-error.ts';
import { CHECKS, SPEC } from './support/sample-checks.ts';

const overlaid = (text: string) => readSpec(CHECKS, SPEC, { text, name: 'over.yaml' });
const refusal = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'accepted';
};
const changed = (from: string, to: string): string => {
  expect(SPEC).toContain(from);
  return SPEC.replace(from, to);
};
const check = (id: string): AnyCheck => {
  const found = CHECKS.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('a spec', () => {
  const spec = readSpec(CHECKS, SPEC);

  it('settles a requirement with its source', () => {
    expect(settle(spec, check('host.memory'), 'production', 'single')).toEqual({
      level: 'recommended',
      origin: 'vendor-number',
      value: { min: 16 * 2 ** 30 },
      reason: 'It is needed.',
      source: {
        document: 'The guide',
        clause: 'Memory',
        says: 'At least 16 GB.',
        link: 'https://example.com/guide',
        checkedOn: '2026-11-22',
      },
    });
  });

  it('differs by profile and by shape', () => {
    const memory = settle(spec, check('host.memory'), 'development', 'single');
    expect([memory.level, memory.origin, memory.value]).toEqual(['advice', 'vendor-text', { min: 4 * 2 ** 30 }]);
    const disk = check('disk.write-latency');
    expect(settle(spec, disk, 'production', 'single').value).toEqual({ ports: [9090] });
    expect(settle(spec, disk, 'production', 'multiconnect').value).toEqual({ ports: [9090, 6250] });
  });

  it("takes a clause's own link before its document's, and none where there is none", () => {
    expect(settle(spec, check('host.kernel'), 'production', 'single').source.link).toBe('https://example.com/kernel');
    expect(settle(spec, check('disk.write-latency'), 'production', 'single').source).not.toHaveProperty('link');
  });

  it.each([
    [
      'a key twice',
      changed('    level: recommended\n', '    level: recommended\n    level: advice\n'),
      'not valid YAML',
    ],
    ['broken YAML', `${SPEC}  : [`, 'not valid YAML'],
    ['an unknown key', changed('    reason: It ended.', '    reasn: It ended.'), 'did you mean "reason"?'],
    ['an unknown key at the top', `${SPEC}\ndocs: {}\n`, 'there is no "docs" here'],
    ['an unknown key in a value', changed('{ min: 16 GiB }', '{ min: 16 GiB, graze: 1 }'), 'did you mean "grace"?'],
    ['an unknown key in a profile', changed('level: advice, origin: vendor-text,', 'levl: advice,'), '"level"?'],
    ['an unknown profile', changed('      development:', '      developmnt:'), 'host.memory'],
    ['an unknown check', changed('  host.kernel:', '  host.kernal:'), 'did you mean "host.kernel"?'],
    ['a check left out', SPEC.slice(0, SPEC.indexOf('  disk.write-latency:')), 'disk.write-latency'],
    ['a quantity that is none', changed('16 GiB', '16 gigs'), 'not a quantity'],
    ['a quantity of another profile that is none', changed('4 GiB', '4 gigs'), 'not a quantity'],
    ['a level that is none', changed('level: recommended', 'level: must'), 'requirements.host.memory.level'],
    ['a document that is not listed', changed('{ document: own,', '{ document: owm,'), 'did you mean "own"?'],
    ['a day that is none', changed('"2026-11-22"', '"22 November"'), 'checkedOn'],
    [
      'our advice as required',
      changed('level: advice\n    origin: our-advice', 'level: required\n    origin: our-advice'),
      "only the vendor's own words may make a check required",
    ],
    [
      'our advice as required in one profile',
      changed(
        'development: { level: advice, origin: vendor-text,',
        'development: { level: required, origin: our-advice,',
      ),
      "only the vendor's own words may make a check required",
    ],
  ])('refuses %s in one sentence', (_, text, words) => {
    const message = refusal(() => readSpec(CHECKS, text));
    expect(message).toContain(words);
    expect(message).toContain('the built-in spec');
    expect(message).not.toContain('\n');
  });

  it('never suggests the very key that it refuses', () => {
    expect(refusal(() => readSpec(CHECKS.slice(1), SPEC))).not.toContain('did you mean "lifecycle.product"');
  });
});

describe('an overlay', () => {
  it('changes what it names and nothing else', () => {
    const spec = overlaid('requirements: { host.memory: { value: { min: 32 GiB } } }');
    expect(settle(spec, check('host.memory'), 'production', 'single').value).toEqual({ min: 32 * 2 ** 30 });
    expect(settle(spec, check('host.memory'), 'development', 'single').value).toEqual({ min: 4 * 2 ** 30 });
    expect(settle(spec, check('host.kernel'), 'production', 'single').value).toEqual({ bad: '1.0' });
  });

  it('replaces a list as a whole', () => {
    const spec = overlaid('requirements: { disk.write-latency: { value: { ports: [1] } } }');
    expect(settle(spec, check('disk.write-latency'), 'production', 'single').value).toEqual({ ports: [1] });
  });

  it.each([
    ['', 'is not a spec'],
    ['[]', 'is not a spec'],
    ['just words', 'is not a spec'],
    ['requirements: { host.memori: {} }', 'did you mean "host.memory"?'],
    ['requirements: { host.memory: { valu: 1 } }', 'did you mean "value"?'],
    ['requirements: { host.memory: { profile: {} } }', 'did you mean "profiles"?'],
    ['requirements: { host.memory: { value: { mim: 1 } } }', 'did you mean "min"?'],
    ['requirements: { host.memory: null }', 'requirements.host.memory'],
    ['requirements: { host.memory: { value: { min: lots } } }', 'not a quantity'],
    ['requirements: { disk.write-latency: { level: required } }', "only the vendor's own words"],
    ['requirements: {}\nrequirements: {}', 'not valid YAML'],
    ['requirements: { __proto__: { a: 1 } }', '__proto__'],
    [`a: ${'['.repeat(20_000)}`, 'not valid YAML'],
    [`a: &a [1]\nb: [${'*a,'.repeat(200)}]`, 'over.yaml'],
  ])('%# is refused with its name', (text, words) => {
    const message = refusal(() => overlaid(text));
    expect(message).toContain(words);
    expect(message).toContain('over.yaml');
    expect(message).not.toContain('\n');
  });
});
