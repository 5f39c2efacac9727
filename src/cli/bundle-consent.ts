import { PART_WORDS } from '../../report-templates/bundle/told.ts';
import type { ConsentRow } from '../bundle/bundle.ts';
import { PARTS, type Part, type Source } from '../host/source.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { consent } from './bundle-values.ts';
import { linesOf } from './terminal-line.ts';

/** What is taken out of each part, in the words of the consent list. */
const REDACTED: Readonly<Record<Part, string>> = {
  report: 'hosts',
  host: 'IP, MAC, hosts',
  docker: 'env values',
  compose: 'passwords',
  'coreapp-logs': 'phones',
  'webapp-logs': 'phones, tokens',
  'crash-logs': 'phones',
  api: 'phones, tokens',
  database: 'hosts, users',
  network: 'IP, MAC, hosts',
  journal: 'IP',
  wadebug: 'phones, tokens',
};

/** A file whose size nobody knows beforehand counts as one of the facts about a host, bytes: 2 kB in the mean. */
const TYPICAL = 2000;

const rowOf = (part: Part, sources: readonly Source[]): ConsentRow => {
  const names = [...new Set(sources.map(({ path }) => path.split('/').at(-1) ?? path))];
  return {
    ...{ part, title: PART_WORDS[part], contains: names.join(', '), sources, redacted: REDACTED[part] },
    raw: sources.reduce((sum, { estimate }) => sum + (estimate ?? TYPICAL), 0),
  };
};

/** The consent list: what there is here of each part. */
export const consentRows = (sources: readonly Source[]): readonly ConsentRow[] =>
  PARTS.map((part) =>
    rowOf(
      part,
      sources.filter((source) => source.part === part),
    ),
  ).filter((row) => row.sources.length > 0);

/** Asks a person on a plain terminal what is to be left out. */
export const askConsent = async (
  rows: readonly ConsentRow[],
  list: string,
  signal: AbortSignal,
): Promise<readonly Part[]> => {
  const write = (text: string): void => void process.stderr.write(text);
  const interrupt = () => void process.kill(process.pid, 'SIGINT');
  // Who closes the terminal agrees to nothing.
  const lines = linesOf({ input: process.stdin, write, interrupt, atEnd: 'q' });
  write(list);
  for (;;) {
    const answer = await lines.read('Leave out (parts with commas; Enter for nothing; q to stop): ', signal, false);
    if (answer.trim() === '') return rows.map(({ part }) => part);
    if (/^q(uit)?$/i.test(answer.trim())) throw new UsageError('stopped by you: nothing was written');
    try {
      const without = consent(answer);
      return rows.map(({ part }) => part).filter((part) => !without.includes(part));
    } catch (error) {
      write(`${oneLine(error instanceof Error ? error.message : String(error)).replace('--consent: ', '')}\n`);
    }
  }
};
