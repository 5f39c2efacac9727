import type { CheckDiff, Course, DiffFinding, ReportDiff } from '../src/diff/report-diff.ts';
import { COURSES } from '../src/diff/report-diff.ts';
import * as told from './diff-words.ts';
import type { Look } from './look.ts';
import * as words from './words.ts';
import { hanging, wrap } from './wrap.ts';

const row = (label: string, text: string, look: Look, indent = '    '): string =>
  hanging(`${indent}${label.padEnd(10)}`, words.told(text, look), look.width);

const findingText = ({ outcome, subject, message }: DiffFinding): string =>
  `${words.SIGNS[outcome].word}: ${subject === null ? '' : `${subject}: `}${message}`;

const findingRows = ({ findings, changes, after }: CheckDiff, look: Look): readonly string[] => {
  const { added, gone, changed } = findings;
  if (changes.includes('appeared') && after) return [row('found', after.message, look)];
  return [
    ...added.map((one) => row('new', findingText(one), look)),
    ...changed.flatMap((one) => [row('was', findingText(one.before), look), row('is', findingText(one.after), look)]),
    ...gone.map((one) => row('gone', findingText(one), look)),
  ];
};

const heading = ({ id, title, before, after, changes }: CheckDiff, look: Look): string => {
  const state = after ?? before;
  const shown = state
    ? words.stateOf({ outcome: state.outcome, ...(state.waived && { waived: { reason: '', until: '', by: '' } }) })
    : 'skip';
  const { word, colour } = words.SIGNS[shown];
  const sign = words.paint(`${words.symbolOf(shown, look)} ${word}`, colour, look);
  const was = changes.includes('disappeared')
    ? `not there any more, was ${told.stateWord(before)}`
    : before === null
      ? 'not there before'
      : changes.includes('outcome') || changes.includes('waived')
        ? `was ${told.stateWord(before)}`
        : 'as before';
  return hanging(`${sign}  `, words.told(`${title} (${id}): ${was}`, look), look.width, (line) =>
    words.paint(line, 'bold', look),
  );
};

const block = (check: CheckDiff, look: Look): string => {
  const figure = told.figureWords(check, look);
  const limit = told.limitWords(check, look);
  return [
    heading(check, look),
    ...findingRows(check, look),
    ...(figure === null ? [] : [row('measured', figure, look)]),
    ...(check.band ? [row('', told.bandWords(check.band, look), look)] : []),
    ...(limit === null ? [] : [row('required', limit, look)]),
  ].join('\n');
};

const noiseLine = (check: CheckDiff, look: Look): string => {
  const band = check.band ? `; ${told.bandWords(check.band, look)}` : '';
  return hanging(`${check.id}  `, words.told(`${told.figureWords(check, look) ?? ''}${band}`, look), look.width);
};

const section = (course: Course, { checks }: ReportDiff, look: Look): readonly string[] => {
  const mine = checks.filter((check) => check.course === course);
  if (mine.length === 0) return [];
  const title = words.paint(hanging('', told.COURSE_TITLES[course], look.width), 'bold', look);
  return course === 'noise'
    ? [title, mine.map((check) => noiseLine(check, look)).join('\n')]
    : [title, mine.map((check) => block(check, look)).join('\n\n')];
};

/** So many changed answers are shown; the others are counted, and stand in the JSON. */
const MOST_FACTS = 30;

const factsOf = ({ facts }: ReportDiff, look: Look): readonly string[] => {
  if (facts === null) return [];
  const shown = look.verbose ? facts.changed : facts.changed.slice(0, MOST_FACTS);
  const left = facts.changed.length - shown.length + facts.leftOut;
  const lines = shown.map(({ question, path, before, after }) => {
    const name = [question, path].filter((part) => part !== '').join(' ');
    const change =
      before === null
        ? `${after ?? ''} is new`
        : after === null
          ? `${before} is gone`
          : `${before} ${told.arrow(look)} ${after}`;
    return wrap(words.told(`${name}: ${change}`, look), look.width - 4).join('\n    ');
  });
  const counts = [
    ...(left > 0 ? [`${left} more (--json has them${look.verbose ? '' : ', --verbose too'})`] : []),
    ...(facts.pseudonyms > 0
      ? [`${facts.pseudonyms} that differ in addresses or names alone, which are pseudonyms`]
      : []),
  ];
  if (lines.length + counts.length === 0)
    return [hanging('', 'What the hosts answered is the same, but for what changes at every asking.', look.width)];
  return [
    words.paint(hanging('', 'What the hosts answered', look.width), 'bold', look),
    [...lines, ...counts.map((text) => hanging('', words.told(text, look), look.width))].join('\n'),
  ];
};

/** A comparison for people: whose runs these are, what got worse, and all the rest. */
export const write = (diff: ReportDiff, look: Look): string => {
  const verdict = ({ run }: ReportDiff['before']) =>
    words.paint(words.paint(words.VERDICTS[run.outcome], 'bold', look), words.VERDICT_COLOURS[run.outcome], look);
  const paragraphs = [
    [
      hanging(`${verdict(diff.before)} ${told.arrow(look)} `, verdict(diff.after), look.width),
      row('before', told.sideWords(diff.before), look, ''),
      row('after', told.sideWords(diff.after), look, ''),
    ].join('\n'),
    ...diff.warnings.map((warning) => hanging('note      ', words.told(warning, look), look.width)),
    ...COURSES.flatMap((course) => section(course, diff, look)),
    ...factsOf(diff, look),
    hanging('', `${told.summaryWords(diff)}.`, look.width),
  ];
  return `${paragraphs.join('\n\n')}\n`;
};
