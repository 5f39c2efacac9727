// The figures of the tool, as ratios to known programs in the same run. A benchmark, never a test: it judges nothing
// but prints targets beside figures. Usage: npm run bench [-- start|whole|after|hostile|disk|database|screen|bundle]
import { benchAfter } from './after.ts';
import { benchBundle } from './bundle.ts';
import { benchFaults } from './bundle-faults.ts';
import { benchDatabase } from './database.ts';
import { benchDisk } from './disk.ts';
import { benchHostile } from './hostile.ts';
import { benchLongLines } from './long-lines.ts';
import type { Row } from './measure.ts';
import { benchReplay } from './replay.ts';
import { benchScreen } from './screen.ts';
import { benchStart } from './start.ts';
import { benchWhole } from './whole.ts';

const PARTS: Record<string, () => Promise<readonly Row[]>> = {
  start: benchStart,
  whole: benchWhole,
  after: benchAfter,
  hostile: benchHostile,
  disk: benchDisk,
  database: benchDatabase,
  screen: benchScreen,
  lines: benchLongLines,
  faults: benchFaults,
  replay: benchReplay,
  bundle: benchBundle,
};

const HEAD = ['figure', 'ours', 'reference', 'ratio', 'target', 'met'];

const cells = (row: Row): readonly string[] => [
  row.name,
  row.ours,
  row.reference,
  row.ratio === null ? '' : row.ratio.toFixed(2),
  row.target,
  row.met === null ? 'not measured' : row.met ? 'yes' : 'no',
];

const asked = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, part] of Object.entries(PARTS))
  if (asked.length === 0 || asked.includes(name)) rows.push(...(await part()));

const table = [HEAD, ...rows.map(cells)];
const widths = HEAD.map((_, at) => Math.max(...table.map((line) => (line[at] ?? '').length)));
for (const line of table)
  console.log(
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
