import { type CheckDiff, COURSES, type DiffFinding, type ReportDiff } from '../src/diff/report-diff.ts';
import * as told from './diff-words.ts';
import type { Look } from './look.ts';
import { markdownId, markdownText } from './markdown-escape.ts';
import * as words from './words.ts';

type Markdown = (text: string) => string;

const findingText = ({ outcome, subject, message }: DiffFinding, md: Markdown): string =>
  `${words.SIGNS[outcome].word}: ${md(subject === null ? message : `${subject}: ${message}`)}`;

const itemsOf = (check: CheckDiff, look: Look, md: Markdown): readonly string[] => {
  const { added, gone, changed } = check.findings;
  const limit = told.limitWords(check, look);
  return [
    ...added.map((one) => `- new: ${findingText(one, md)}`),
    ...changed.flatMap((one) => [`- was: ${findingText(one.before, md)}`, `- is: ${findingText(one.after, md)}`]),
    ...gone.map((one) => `- gone: ${findingText(one, md)}`),
    ...(check.band ? [`- ${md(told.bandWords(check.band, look))}`] : []),
    ...(limit === null ? [] : [`- required: ${md(limit)}`]),
  ];
};

const table = ({ checks }: ReportDiff, look: Look, md: Markdown): string =>
  [
    '| | check | before | after | measured |',
    '| --- | --- | --- | --- | --- |',
    ...checks.map(
      (check) =>
        `| ${told.COURSE_TITLES[check.course]} | ${md(check.title)} ${markdownId(check.id)} | ${told.stateWord(check.before)} | ${told.stateWord(check.after)} | ${md(told.figureWords(check, look) ?? '')} |`,
    ),
  ].join('\n');

const factRows = ({ facts }: ReportDiff, md: Markdown): readonly string[] => {
  if (facts === null || facts.changed.length + facts.pseudonyms === 0) return [];
  const rows = facts.changed.map(
    ({ question, path, before, after }) =>
      `| ${md(`${question} ${path}`)} | ${md(before ?? 'not there')} | ${md(after ?? 'not there')} |`,
  );
  const counts = [
    ...(facts.leftOut > 0 ? [`${facts.leftOut} more are left out.`] : []),
    ...(facts.pseudonyms > 0 ? [`${facts.pseudonyms} differ in addresses or names alone, which are pseudonyms.`] : []),
  ];
  return [
    '### What the hosts answered',
    ...(rows.length > 0 ? [['| answer | before | after |', '| --- | --- | --- |', ...rows].join('\n')] : []),
    ...counts,
  ];
};

/** A comparison for a ticket: what got worse first, in a table, then in detail. */
export const write = (diff: ReportDiff, look: Look): string => {
  const md = (text: string) => markdownText(words.told(text, look));
  const detailed = COURSES.slice(0, 3).flatMap((course) => diff.checks.filter((check) => check.course === course));
  const paragraphs = [
    `## ${words.VERDICTS[diff.before.run.outcome]} ${md(told.arrow(look))} ${words.VERDICTS[diff.after.run.outcome]}`,
    `- before: ${md(told.sideWords(diff.before))}\n- after: ${md(told.sideWords(diff.after))}`,
    ...diff.warnings.map((warning) => `Note: ${md(warning)}`),
    `${told.summaryWords(diff)}.`,
    ...(diff.checks.length > 0 ? [table(diff, look, md)] : []),
    ...detailed
      .map((check) => ({ check, items: itemsOf(check, look, md) }))
      .filter(({ items }) => items.length > 0)
      .map(
        ({ check, items }) =>
          `### ${told.COURSE_TITLES[check.course]}: ${md(check.title)} (${markdownId(check.id)})\n\n${items.join('\n')}`,
      ),
    ...factRows(diff, md),
  ];
  return `${paragraphs.join('\n\n')}\n`;
};
