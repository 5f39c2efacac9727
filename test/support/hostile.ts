/** A small generator with a seed, so that a failure can be seen again (mulberry32). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const PARTS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</td></table>',
  '<!--',
  '-->',
  '&lt;',
  '&#60;b&#62;',
  '[text](http://evil.example)',
  '![image](http://evil.example/x.png)',
  '<https://evil.example>',
  'https://evil.example/a?b=1&c=2',
  'www.evil.example',
  'someone@evil.example',
  '@everyone',
  '#123',
  '!45',
  'GH-7',
  ':tada:',
  '[^1]',
  '[x]: http://evil.example',
  '`code`',
  '``',
  '```\nfence\n```',
  '~~~',
  '| a | b |',
  '|',
  '\\|',
  '\\',
  '\\\\',
  '**bold**',
  '_it_',
  '~~gone~~',
  '# title',
  '\n# title',
  '\n- item',
  '\n\n---\n\n',
  '$x^2$',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u009b2J',
  '\r',
  '\b\b\b',
  '\u0000',
  '\u202eevil',
  '\u200b',
  '\ud800',
  'ความจำ น้ำ กำ',
  '漢字',
  '👩‍👩‍👧‍👦',
  'e\u0301',
  'plain words',
  '7.6 GiB',
  "'quote'",
  '"double"',
  '; rm -rf /',
  '$(id)',
  '=cmd',
  ' ',
  ' ',
  '.',
  ':',
] as const;

/** Strings that try to get out of where they are put, each a few hostile parts and some noise. */
export const hostileStrings = (count: number, seed = 1): readonly string[] => {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const part = () => (random() < 0.2 ? String.fromCharCode(below(0x250)) : (PARTS[below(PARTS.length)] ?? ''));
  return Array.from({ length: count }, () => Array.from({ length: 1 + below(6) }, part).join(''));
};
