// sh bin/node test/support/screenshot.ts OUT.png COLUMNSxROWS [keys...] -- command...
// Runs a command in a pseudo-terminal, types keys, and writes what is on its screen as a picture. A key is text, a name
// (enter, esc, up, down, pgup, pgdn, tab), `wait:MS`, `until:TEXT` or `resize:COLUMNSxROWS`.
import { writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { pause, type Tty, tty } from './terminal.ts';

const KEYS: Record<string, string> = {
  enter: '\r',
  esc: '\u001b',
  tab: '\t',
  up: '\u001b[A',
  down: '\u001b[B',
  pgup: '\u001b[5~',
  pgdn: '\u001b[6~',
};

/** A calm palette for the 16 colours, on a dark ground. */
const PALETTE = ['#1c1f26', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'];
const GROUND = '#1c1f26';
const INK = '#d7dae0';
const CELL = { width: 9, height: 19, size: 15 } as const;

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The screen of a terminal as SVG, one text element a cell, so that columns stand exactly. */
export const svgOf = ({ term }: Tty): string => {
  const parts: string[] = [];
  for (let row = 0; row < term.rows; row += 1) {
    const line = term.buffer.active.getLine(term.buffer.active.viewportY + row);
    for (let column = 0; column < term.cols; column += 1) {
      const cell = line?.getCell(column);
      const text = cell?.getChars() ?? '';
      if (!cell || text === '' || text === ' ') continue;
      const colour = cell.isFgPalette() ? (PALETTE[cell.getFgColor() % 8] ?? INK) : INK;
      const style = `${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isDim() ? ' opacity="0.5"' : ''}`;
      const x = 12 + column * CELL.width;
      const y = 12 + row * CELL.height;
      // Blocks are drawn as boxes, as terminals do, since a font leaves gaps between them.
      const eighths = '▁▂▃▄▅▆▇█'.indexOf(text) + 1;
      const shade = { '░': 0.25, '▓': 0.75 }[text];
      if (eighths > 0 || shade !== undefined) {
        const height = (CELL.height * (eighths || 8)) / 8;
        const fill = `fill="${colour}" opacity="${(shade ?? 1) * (cell.isDim() ? 0.5 : 1)}"`;
        parts.push(`<rect x="${x}" y="${y + CELL.height - height}" width="${CELL.width}" height="${height}" ${fill}/>`);
      } else
        parts.push(`<text x="${x}" y="${y + CELL.height * 0.76}" fill="${colour}"${style}>${escaped(text)}</text>`);
    }
  }
  const width = term.cols * CELL.width + 24;
  const height = term.rows * CELL.height + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono" font-size="${CELL.size}" shape-rendering="crispEdges"><rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>${parts.join('')}</svg>`;
};

/** Types one key into a terminal, or waits as it says. */
const type = async (terminal: Tty, key: string): Promise<void> => {
  const [word = '', rest = ''] = key.split(/:(.*)/s);
  if (word === 'wait') await pause(Number(rest));
  else if (word === 'until') await terminal.until(rest, 30_000);
  else if (word === 'resize') {
    const [columns = 80, rows = 24] = rest.split('x').map(Number);
    terminal.resize(columns, rows);
    await pause(300);
  } else {
    terminal.press(KEYS[key] ?? key);
    await pause(150);
  }
};

if (import.meta.main) {
  const [out = '', size = '', ...rest] = process.argv.slice(2);
  const [columns = 80, rows = 24] = size.split('x').map(Number);
  const split = rest.indexOf('--');
  const [program, ...args] = rest.slice(split + 1);
  if (!program || split < 0) throw new Error('usage: screenshot.ts OUT.png COLUMNSxROWS [keys...] -- command...');
  const terminal = tty(program, args, columns, rows);
  for (const key of rest.slice(0, split)) await type(terminal, key);
  const font = { fontFiles: ['', '-Bold'].map((face) => `/usr/share/fonts/truetype/dejavu/DejaVuSansMono${face}.ttf`) };
  const picture = new Resvg(svgOf(terminal), {
    font: { ...font, loadSystemFonts: true },
    fitTo: { mode: 'zoom', value: 1.5 },
  });
  writeFileSync(out, picture.render().asPng());
  terminal.signal('SIGTERM');
  await Promise.race([terminal.exit, pause(3000)]);
  process.exit(0);
}
