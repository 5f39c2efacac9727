import type { Line } from './line.ts';

const ASCII: Record<string, string> = {
  '✔': '+',
  '✖': 'x',
  '▲': '!',
  '○': '-',
  '◇': 'w',
  '·': '.',
  '•': '*',
  '–': '-',
  '│': '|',
  '┃': '|',
  '←': '<',
  '→': '>',
  '─': '-',
  '┤': '|',
  '└': '`',
  '…': '~',
  '❯': '>',
  '↑': '^',
  '↓': 'v',
  '█': '#',
  '▓': '=',
  '░': '.',
  '▁': '.',
  '▂': '.',
  '▃': ':',
  '▄': ':',
  '▅': ':',
  '▆': '=',
  '▇': '=',
  '≥': '>',
  '≤': '<',
  '▸': '>',
};

/** The same line in ASCII signs, of the same width. */
export const inAscii = (one: Line): Line => ({
  ...one,
  spans: one.spans.map((part) => ({
    ...part,
    text: part.text.replace(/[^\n -~]/g, (sign) => (/[⠀-⣿]/.test(sign) ? '*' : (ASCII[sign] ?? sign))),
  })),
});
