import { refuseIncomplete } from '../src/complete.ts';
import type { Finding, Report, Result } from '../src/model.ts';
import { evidenceOf } from './evidence.ts';
import type { Look } from './look.ts';
import { markdownId, markdownLink, markdownText } from './markdown-escape.ts';
import * as words from './words.ts';

const signOf = (result: Result, look: Look): string => {
  const state = words.stateOf(result);
  const { word } = words.SIGNS[state];
  return `${markdownText(words.symbolOf(state, look))} ${word}`;
};

const findingRows = (finding: Finding, look: Look, md: (text: string) => string): readonly string[] => [
  `- found: ${finding.subject === undefined ? '' : `${md(finding.subject)}: `}${md(finding.message)}`,
  ...(finding.remedy === undefined ? [] : [`- **to do:** ${md(finding.remedy)}`]),
  ...(finding.link === undefined ? [] : [`- see: ${markdownLink(words.told(finding.link, look))}`]),
];

const details = (result: Result, look: Look, md: (text: string) => string): string => {
  const { measured, required, source, waived } = result;
  const telling = result.findings.filter(({ outcome }) => look.verbose || outcome !== 'pass');
  const title = `### ${signOf(result, look)}: ${md(result.title)} (${markdownId(result.id)}, ${words.LEVEL_WORDS[result.level]})`;
  const rows = [
    ...telling.flatMap((finding) => findingRows(finding, look, md)),
    ...(measured ? [`- measured: ${md(measured.display)}`] : []),
    ...(required ? [`- required: ${md(words.limitOf(required))}`] : []),
    ...(waived ? [`- waived: until ${md(waived.until)} by ${md(waived.by)}: ${md(waived.reason)}`] : []),
    ...(source ? [`- source: ${md(`${source.document}, ${source.clause}`)}: ${md(source.says)}`] : []),
    ...(source?.link === undefined ? [] : [`- clause: ${markdownLink(words.told(source.link, look))}`]),
    ...(look.verbose
      ? evidenceOf(result).map(([name, value]) => `- evidence: ${md(name)}: ${md(words.told(value, look))}`)
      : []),
  ];
  return `${title}\n\n${rows.join('\n')}`;
};

const table = (report: Report, look: Look, md: (text: string) => string): string =>
  [
    '| result | check | measured | required |',
    '| --- | --- | --- | --- |',
    ...words
      .worstFirst(report.checks)
      .map(
        (result) =>
          `| ${signOf(result, look)} | ${md(result.title)} ${markdownId(result.id)} | ${md(result.measured?.display ?? '')} | ${md(result.required?.display ?? '')} |`,
      ),
  ].join('\n');

/** Markdown for a ticket: the product's end, the verdict, a table of all checks, and the problems in detail. */
export const write = (report: Report, look: Look): string => {
  refuseIncomplete(report);
  const md = (text: string) => markdownText(words.told(text, look));
  const { checks, host, lifecycle, run, spec, summary, tool } = report;
  const shown: readonly words.State[] = look.verbose
    ? ['fail', 'unknown', 'warn', 'waived', 'skip', 'pass']
    : ['fail', 'unknown', 'warn', 'waived'];
  const phase = run.phase === 'all' ? 'before and after the install' : `${run.phase} the install`;
  const paragraphs = [
    `**Product lifecycle:** ${md(lifecycle.message)}`,
    `## Verdict: ${words.VERDICTS[run.outcome]}`,
    `${checks.length} of ${run.planned.length} planned checks: ${words.countsOf(summary)}.`,
    ...words.remarksOf(report).map((remark) => `Note: ${md(remark)}`),
    [
      `- host: ${md(host.name)}, ${md(host.os)}, kernel ${md(host.kernel)}, ${md(host.arch)}, virtualization ${md(host.virtualization)}`,
      `- judged: ${md(run.profile)}, ${md(phase)}, ${md(run.shape)}, by ${md(`${spec.name} ${spec.version}`)} (documents read on ${md(spec.checkedOn)})`,
      `- run: ${md(run.startedAt)}, ${words.lasting(run.durationMs)}, ${run.privileged ? 'as root' : 'not as root'}, ${md(`${tool.name} ${tool.version}`)}`,
    ].join('\n'),
    table(report, look, md),
    ...words
      .worstFirst(checks)
      .filter((result) => shown.includes(words.stateOf(result)))
      .map((result) => details(result, look, md)),
  ];
  return `${paragraphs.join('\n\n')}\n`;
};
