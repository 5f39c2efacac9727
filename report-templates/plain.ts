import { refuseIncomplete } from '../src/complete.ts';
import type { Finding, Report, Result } from '../src/model.ts';
import { evidenceOf } from './evidence.ts';
import type { Look } from './look.ts';
import * as words from './words.ts';
import { cells, hanging } from './wrap.ts';

type Row = (label: string, text: string) => string;

const rowsAt =
  (indent: string, look: Look): Row =>
  (label, text) =>
    hanging(`${indent}${label.padEnd(10)}`, words.told(text, look), look.width);

const verdictOf = ({ run, summary }: Report, look: Look): string => {
  const word = words.VERDICTS[run.outcome];
  return hanging(
    `${words.paint(words.paint(word, 'bold', look), words.VERDICT_COLOURS[run.outcome], look)}  `,
    words.countsOf(summary),
    look.width,
  );
};

const about = ({ host, run, spec, tool }: Report, look: Look): readonly string[] => {
  const row = rowsAt('', look);
  const phase = run.phase === 'all' ? 'before and after the install' : `${run.phase} the install`;
  return [
    row('host', `${host.name}: ${host.os}, kernel ${host.kernel}, ${host.arch}, virtualization ${host.virtualization}`),
    row('judged', `${run.profile}, ${phase}, ${run.shape}; ${spec.name} ${spec.version}, read on ${spec.checkedOn}`),
    row(
      'run',
      `${run.startedAt}, ${words.lasting(run.durationMs)}, ${run.privileged ? 'as root' : 'not as root'}, ${tool.name} ${tool.version}`,
    ),
  ];
};

const findingRows = (finding: Finding, alone: boolean, row: Row): readonly string[] => [
  row(
    alone ? 'found' : words.SIGNS[finding.outcome].word,
    `${finding.subject === undefined ? '' : `${finding.subject}: `}${finding.message}`,
  ),
  ...(finding.remedy === undefined ? [] : [row('to do', finding.remedy)]),
  ...(finding.link === undefined ? [] : [row('see', finding.link)]),
];

const evidence = (result: Result, row: Row): readonly string[] => [
  ...evidenceOf(result).map(([name, value]) => row('evidence', `${name}: ${value}`)),
  row('took', words.lasting(result.durationMs)),
];

const heading = (result: Result, look: Look): string => {
  const state = words.stateOf(result);
  const { word, colour } = words.SIGNS[state];
  const sign = words.paint(`${words.symbolOf(state, look)} ${word}`, colour, look);
  const name = `${result.title} (${result.id}, ${words.LEVEL_WORDS[result.level]})`;
  return hanging(`${sign}  `, words.told(name, look), look.width, (line) => words.paint(line, 'bold', look));
};

const problem = (result: Result, look: Look): string => {
  const row = rowsAt('    ', look);
  const telling = result.findings.filter(({ outcome }) => look.verbose || outcome !== 'pass');
  const { measured, required, source } = result;
  return [
    heading(result, look),
    ...telling.flatMap((finding) => findingRows(finding, telling.length === 1, row)),
    ...(measured ? [row('measured', measured.display)] : []),
    ...(required ? [row('required', words.limitOf(required))] : []),
    ...(source ? [row('source', `${source.document}, ${source.clause}: ${source.says}`)] : []),
    ...(source?.link === undefined ? [] : [row('', source.link)]),
    ...(look.verbose ? evidence(result, row) : []),
  ].join('\n');
};

const other = (result: Result, look: Look, idWidth: number): string => {
  const state = words.stateOf(result);
  const { word, colour } = words.SIGNS[state];
  const sign = words.paint(`${words.symbolOf(state, look)} ${word.padEnd(6)}`, colour, look);
  const id = words.told(result.id, look);
  const { waived } = result;
  const why = waived
    ? `${words.SIGNS[result.outcome].word}, waived until ${waived.until} by ${waived.by} (${waived.reason}): `
    : '';
  const line = `${why}${result.message}`;
  const told = hanging(`${sign}  ${id.padEnd(idWidth)}  `, words.told(line, look), look.width);
  return look.verbose ? [told, ...evidence(result, rowsAt('    ', look))].join('\n') : told;
};

const section = (title: string, blocks: readonly string[], gap: string, look: Look): readonly string[] =>
  blocks.length === 0 ? [] : [words.paint(title, 'bold', look), blocks.join(gap)];

/** Plain lines for people: the product's end first, then the verdict, the problems, and all the rest. */
export const write = (report: Report, look: Look): string => {
  refuseIncomplete(report);
  const { checks, lifecycle, run } = report;
  const inState = (...states: readonly words.State[]) =>
    words.worstFirst(checks).filter((result) => states.includes(words.stateOf(result)));
  const rest = inState('waived', 'skip', 'pass');
  const idWidth = Math.max(0, ...rest.map(({ id }) => cells(words.told(id, look))));
  const paragraphs = [
    hanging('', words.told(lifecycle.message, look), look.width),
    [
      verdictOf(report, look),
      ...words.remarksOf(report).map((text) => hanging('', words.told(text, look), look.width)),
      ...about(report, look),
    ].join('\n'),
    ...section(
      'Problems',
      inState('fail', 'warn').map((result) => problem(result, look)),
      '\n\n',
      look,
    ),
    ...section(
      'Could not find out',
      inState('unknown').map((result) => problem(result, look)),
      '\n\n',
      look,
    ),
    ...section(
      'The others',
      rest.map((result) => other(result, look, idWidth)),
      '\n',
      look,
    ),
    hanging(
      '',
      `${checks.length} of ${run.planned.length} planned checks: ${words.countsOf(report.summary)}.`,
      look.width,
    ),
  ];
  return `${paragraphs.join('\n\n')}\n`;
};
