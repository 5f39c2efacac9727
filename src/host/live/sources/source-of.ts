import { codeOf } from '../../../error-code.ts';
import { oneLine } from '../../../printable.ts';
import { sentenceOf } from '../../child/sentence.ts';
import { type Lack, type Reading, type Source, SourceError, type State } from '../../source.ts';
import { EngineFault } from '../docker/engine-fault.ts';

/** A source before it is told how it is opened. */
export type Planned = Omit<Source, 'open' | 'estimate' | 'teaches'> & Partial<Pick<Source, 'estimate' | 'teaches'>>;

const ENGINE_STATES: Partial<Record<EngineFault['state'], State>> = {
  absent: 'absent',
  denied: 'denied',
  silent: 'timed-out',
};
const CODES: Readonly<Record<string, State>> = { EACCES: 'denied', EPERM: 'denied', ETIMEDOUT: 'timed-out' };

/** What kept a source from being read, as a row of the manifest has it. A cancelled one stays cancelled. */
export const lackOf = (error: unknown): SourceError => {
  if (error instanceof SourceError) return error;
  const reason = oneLine(sentenceOf(error)).slice(0, 600) || 'it failed without a word';
  if (error instanceof EngineFault) return new SourceError(ENGINE_STATES[error.state] ?? 'failed', reason);
  // A child tells its error in words, and ends them with the system's code.
  const code = codeOf(error) ?? /\b(EACCES|EPERM|ETIMEDOUT)\b/.exec(reason)?.[1] ?? '';
  return new SourceError(CODES[code] ?? 'failed', reason);
};

/** A source, read when it is opened; whatever goes wrong then is a SourceError, but for a cancellation. */
export const sourceOf = (planned: Planned, open: Source['open']): Source => ({
  estimate: null,
  teaches: false,
  ...planned,
  open: async (signal) => {
    signal.throwIfAborted();
    try {
      return await open(signal);
    } catch (error) {
      signal.throwIfAborted();
      throw lackOf(error);
    }
  },
});

const EMPTY: Lack = { state: 'empty', reason: 'there is nothing in it' };

/** A reading of what is in memory. */
export const readingOf = (bytes: Uint8Array, lack: Lack | null = null): Reading => ({
  chunks: (async function* () {
    if (bytes.length > 0) yield bytes;
  })(),
  lacks: () => lack ?? (bytes.length === 0 ? EMPTY : null),
});

/**
 * A source that is small and read whole. One that teaches is fetched once: what is learnt from is what is written. `lack` says
 * what is missing of what was read.
 */
export const wholeOf = (
  planned: Planned,
  read: (signal: AbortSignal) => Promise<Uint8Array | string | { readonly text: string; readonly lack: Lack | null }>,
): Source => {
  const fetched = async (signal: AbortSignal): Promise<{ bytes: Uint8Array; lack: Lack | null }> => {
    const found = await read(signal);
    const told = typeof found === 'string' ? { text: found, lack: null } : found;
    return 'text' in told ? { bytes: Buffer.from(told.text), lack: told.lack } : { bytes: told, lack: null };
  };
  let held: { bytes: Uint8Array; lack: Lack | null } | null = null;
  return sourceOf(planned, async (signal) => {
    const found = held ?? (await fetched(signal));
    if (planned.teaches) held = found;
    return readingOf(found.bytes, found.lack);
  });
};

/** Data as a file of JSON that people can read too. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

/** The same of data that is written as JSON; null says that there is none, with `none` as the reason. */
export const dataOf = (
  planned: Omit<Planned, 'form'>,
  read: (signal: AbortSignal) => Promise<unknown> | unknown,
  none = 'there is no such thing here',
): Source =>
  wholeOf({ ...planned, form: 'json' }, async (signal) => {
    const value = await read(signal);
    if (value === null || value === undefined) throw new SourceError('absent', none);
    return jsonText(value);
  });

/** A source that is known not to be there: a row of the manifest, with its reason. */
export const lackingOf = (planned: Planned, state: State, reason: string): Source =>
  sourceOf({ ...planned, estimate: 0 }, () => Promise.reject(new SourceError(state, reason)));

/** A name as a part of a path in the archive: it leads nowhere, and is as long as a name may be. */
export const partOf = (name: string): string =>
  name
    .replace(/[^\w.+-]/g, '_')
    .replace(/^\.+/, (dots) => '_'.repeat(dots.length))
    .slice(0, 100) || '_';

/** The same sources with paths of which none is there twice, in any case of letters. */
export const apart = (sources: readonly Source[]): readonly Source[] => {
  const seen = new Set<string>();
  return sources.map((source) => {
    const [, stem = '', ending = ''] = /^(.*?)((?:\.[\w-]{1,8})?)$/s.exec(source.path) ?? [];
    let path = source.path;
    for (let nth = 2; seen.has(path.toLowerCase()); nth += 1) path = `${stem}-${nth}${ending}`;
    seen.add(path.toLowerCase());
    return path === source.path ? source : { ...source, path };
  });
};
