const ESCAPE = 0x1b;

// Control sequences of terminals, as bytes, and as JSON and shells write the escape.
const SEQUENCE = new RegExp(
  `(?:${String.fromCharCode(ESCAPE)}|\\\\{1,4}u001[bB]|\\\\{1,4}x1[bB]|\\\\{1,4}033)` +
    '(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]|[()][0-9A-Z])',
  'g',
);
const MAY_HOLD = ['\\u001b[', '\\u001B[', '\\x1b[', '\\x1B[', '\\033['];

/** The same text without terminal colours: they stand within words, and a rule that reads words would not see a key. */
export const withoutColours = (bytes: Buffer): Buffer =>
  bytes.includes(ESCAPE) || MAY_HOLD.some((text) => bytes.includes(text, 0, 'latin1'))
    ? Buffer.from(bytes.toString('latin1', 0, bytes.length).replace(SEQUENCE, ''), 'latin1')
    : bytes;
