import type { Change } from '../../../src/bundle/before-after.ts';
import { excerptOf } from '../../../src/bundle/excerpt.ts';
import { BLANK, cutLine, type Line, line, span, wrapped } from '../line.ts';
import { told } from '../login-fields.ts';
import { type BundleShown, previewOf } from './shown.ts';
import type { WizardView } from './state.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** A clock time of this host, with the day where that is another one. */
const clock = (ms: number, day: boolean): string => {
  const at = new Date(ms);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return day ? `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}` : time;
};

/** "11:02 to 14:02 here, 04:02 to 07:02 UTC": logs of containers are in UTC, people are not. */
const windowWords = ({ since, until }: BundleShown['window']): string => {
  const apart = new Date(since).toDateString() !== new Date(until).toDateString();
  const offset = -new Date(until).getTimezoneOffset();
  const here = `${clock(since, apart)} to ${clock(until, apart)}`;
  if (offset === 0) return `${here} UTC`;
  const iso = (ms: number) =>
    new Date(ms)
      .toISOString()
      .replace('T', ' ')
      .slice(apart ? 0 : 11, 16);
  const sign = offset < 0 ? '-' : '+';
  const hours = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${here} ${hours} (${iso(since)} to ${iso(until)} UTC)`;
};

/** A line before and after, each on a line of its own. */
export const changeLines = (change: Change, width: number, named: boolean): readonly Line[] => {
  const { rules, line: number } = change;
  const { before, after } = excerptOf(change.before, change.after, width - 2);
  return [
    ...(before === null ? [] : [cutLine(line(span('- ', { color: 'red' }), span(before, { dim: true })), width)]),
    cutLine(line(span('+ ', { color: 'green' }), after), width),
    ...(named
      ? [
          cutLine(
            line(
              span(`  line ${number}, ${rules.length > 0 ? `by ${rules.join(', ')}` : 'no rule told'}`, { dim: true }),
            ),
            width,
          ),
        ]
      : []),
  ];
};

const LOGS = ['coreapp-logs', 'webapp-logs', 'crash-logs', 'journal'];

/** The part that is selected, beside the list: its files, and what was replaced as far as it was looked at. */
export const besideLines = (shown: BundleShown, { current }: WizardView, width: number): readonly Line[] => {
  if (!current) return [];
  const previews = current.files
    .flatMap((file) => previewOf(shown, file) ?? [])
    .filter(({ state }) => state !== 'reading');
  const found = previews.flatMap((one) => Object.entries(one.found)).filter(([, one]) => one.found > 0);
  const changes = previews.flatMap((one) => one.changes).slice(0, 3);
  const files = current.files.slice(0, 8).map((file) => {
    const out = shown.excluded.includes(file);
    return cutLine(line(span(out ? '– ' : '  '), span(file, { dim: out })), width);
  });
  const more = current.files.length > 8 ? [line(span(`  and ${current.files.length - 8} more`, { dim: true }))] : [];
  return [
    cutLine(line(span(current.title, { bold: true })), width),
    ...told(current.contains, width),
    ...(LOGS.includes(current.part) ? told(windowWords(shown.window), width, { dim: true }) : []),
    BLANK,
    ...files,
    ...more,
    BLANK,
    ...(changes.length > 0 ? [line(span('before and after, secrets masked', { dim: true })), BLANK] : []),
    ...changes.flatMap((change) => changeLines(change, width, false)),
    ...(changes.length > 0 ? [BLANK] : []),
    ...found.map(([rule, one]) =>
      cutLine(
        line(span(rule.padEnd(18)), span(`${one.found} found, ${one.labels.length} different`, { dim: true })),
        width,
      ),
    ),
    ...(previews.length === 0 ? told('p shows each file as it will be sent.', width, { dim: true }) : [BLANK]),
    ...(previews.length > 0 && found.length === 0
      ? told(
          'Nothing had to be replaced in the file that was looked at. p shows each file as it will be sent.',
          width,
          {
            dim: true,
          },
        )
      : []),
    ...(found.length > 0
      ? wrapped('The same value has the same label, so that support can still follow one user.', width).map((text) =>
          line(span(text, { dim: true })),
        )
      : []),
  ];
};
