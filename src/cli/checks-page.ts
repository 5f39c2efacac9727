import { markdownLink, markdownText } from '../../report-templates/markdown-escape.ts';
import { LEVEL_WORDS, originOf } from '../../report-templates/words.ts';
import { type Entry, requirementLines } from './catalogue.ts';

const entryOf = (entry: Entry): string => {
  const { check, variants } = entry;
  const [variant] = variants;
  if (!variant) throw new Error(`${check.id} has no requirement`);
  const { source } = variant;
  const requirements = requirementLines(entry).map(
    ([whose, text]) => `- Requirement${whose === '' ? '' : ` (${whose})`}: ${markdownText(text)}`,
  );
  return [
    `## ${check.id}`,
    '',
    `${markdownText(check.title)}. ${markdownText(check.touches)}`,
    '',
    ...(check.writes ? [`- Writes: it ${markdownText(check.writes)}; \`--quick\` leaves it out.`] : []),
    ...(check.optIn ? [`- Option: asked only with \`${check.optIn}\``] : []),
    ...(check.needs?.length ? [`- Needs: ${check.needs.map((id) => `\`${id}\``).join(', ')}`] : []),
    ...requirements,
    `- Clause: ${markdownText(`${source.document}, ${source.clause}`)}: ${markdownText(source.says)}`,
    ...(source.link === undefined ? [] : [`- Source: ${markdownLink(source.link)}, read on ${source.checkedOn}`]),
    `- Why: ${markdownText(variant.reason)}`,
    `- To do: ${markdownText(check.remedy)}`,
  ].join('\n');
};

/** The catalogue as a page of the documentation. */
export const checksPage = (entries: readonly Entry[]): string =>
  [
    '# The checks',
    '',
    'Made from the code and the spec by `npm run docs`: do not edit.',
    'Levels: `required`, the vendor demands it; `recommended`, it may fail; `advice`, it warns at most.',
    '',
    '| id | title | level | origin |',
    '| --- | --- | --- | --- |',
    ...entries.map(({ check, variants: [variant] }) => {
      const level = variant ? LEVEL_WORDS[variant.level] : '';
      const origin = variant ? originOf(variant.required) : '';
      return `| [\`${check.id}\`](#${check.id.replaceAll('.', '')}) | ${markdownText(check.title)} | ${level} | ${origin} |`;
    }),
    '',
    entries.map(entryOf).join('\n\n'),
    '',
  ].join('\n');
