import type { Part, Reading, Source } from '../host/source.ts';
import type { Collected } from './collect.ts';

// Files that a bundle has of itself. They go through the redactor as all else does.

const readingOf = (text: string): Reading => ({
  chunks: (async function* () {
    yield Buffer.from(text);
  })(),
  lacks: () => null,
});

/** A file whose text is here. */
export const textSource = (
  path: string,
  text: () => string,
  { part = 'report' as Part, form = 'json' as Source['form'], origin = '', estimate = null as number | null } = {},
): Source => ({
  ...{ path, part, collector: 'this tool', origin, form, estimate, priority: 0, teaches: false },
  open: async () => readingOf(text()),
});

const stateOf = ({ lack }: Collected): string => lack?.state ?? 'whole';
const isFine = (state: string): boolean => state === 'whole' || state === 'empty';

const errorsIn = (collected: readonly Collected[]): string => {
  const errors = collected.flatMap((one) => {
    const { source, lack } = one;
    if (!lack || isFine(stateOf(one))) return [];
    return [
      { path: source.path, part: source.part, state: lack.state, reason: lack.reason, collector: source.collector },
    ];
  });
  return `${JSON.stringify(errors, null, 1)}\n`;
};

const logOf = (collected: readonly Collected[]): string =>
  collected
    .toSorted((a, b) => a.at - b.at)
    .map((one) => {
      const { source, lack, packed, at, ms } = one;
      const bytes = packed?.blocks.reduce((sum, block) => sum + block.bytes, 0) ?? 0;
      const why = lack && !isFine(lack.state) ? `: ${lack.reason}` : '';
      return `${new Date(at).toISOString()} ${stateOf(one)} ${source.path} ${bytes} bytes in ${ms} ms by ${source.collector}${why}\n`;
    })
    .join('');

/** `errors.json`, all that is not whole and why, and `collector.log`, our own log. */
export const ownFiles = (collected: readonly Collected[]): readonly Source[] => [
  textSource('errors.json', () => errorsIn(collected), { origin: 'what is not whole, and why' }),
  textSource('collector.log', () => logOf(collected), { form: 'log', origin: 'the log of the collection' }),
];
