import { ArchiveError, type Block } from '../../archive/archive.ts';
import type { Source } from '../../host/source.ts';
import { OutputError } from '../../output-error.ts';
import type { Literal, Tally } from '../../redact/rule.ts';
import { summing } from '../../redact/tally.ts';
import { Uncleanable } from '../../redact/uncleanable.ts';
import { UsageError } from '../../usage-error.ts';
import type { CleanBlock, Cleaner } from '../cleaner.ts';
import type { Learn } from '../gather.ts';
import { pathBook } from '../names.ts';
import { namedAs, said } from '../said.ts';
import { SecretLeft } from '../secret-left.ts';
import type { Input, Item } from './item.ts';
import type { Packer } from './output.ts';

/** What became of one file. */
export type Redacted = {
  readonly path: string;
  readonly found: Tally;
  /** Why it, or the rest of it, was left out; null where it is whole. */
  readonly reason: string | null;
};

/** Read of one file to learn from, and of all together, bytes. */
const MOST_LEARNT = 4 * 2 ** 20;
const MOST_IN_ALL = 64 * 2 ** 20;

const FORMS: readonly (readonly [RegExp, Source['form']])[] = [
  [/(^|[./_-])env$|\.env\b/i, 'env'],
  [/\.(json|har)$/i, 'json'],
  [/\.ya?ml$/i, 'yaml'],
  [/\.(ini|cnf|conf|properties|cfg)$/i, 'env'],
];

const formOf = (path: string): Source['form'] => FORMS.find(([pattern]) => pattern.test(path))?.[1] ?? 'log';

const beginning = async (item: Item, most: number): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of item.read()) {
    pieces.push(new Uint8Array(piece));
    size += piece.byteLength;
    if (size >= most) break;
  }
  return Buffer.concat(pieces).subarray(0, most);
};

/** The first pass: secrets that stand by name in one file, to be found bare in all. An archive that is broken throws. */
export const learntFrom = async (input: Input, learn: Learn, signal: AbortSignal): Promise<readonly Literal[]> => {
  const literals: Literal[] = [];
  let left = MOST_IN_ALL;
  for await (const item of input.items()) {
    signal.throwIfAborted();
    if (left <= 0) break;
    if (item.refused !== null) continue;
    try {
      const bytes = await beginning(item, Math.min(left, MOST_LEARNT));
      left -= bytes.byteLength;
      literals.push(...learn(bytes, formOf(item.path), item.path));
    } catch (error) {
      // What cannot be read is told by the second pass.
      if (error instanceof ArchiveError) continue;
      signal.throwIfAborted();
    }
  }
  return literals;
};

/** What a failure of one file is, in words that may leave; what ends all is thrown. */
const reasonOf = (error: unknown, signal: AbortSignal): string => {
  signal.throwIfAborted();
  if (error instanceof SecretLeft || error instanceof OutputError || error instanceof UsageError) throw error;
  if (error instanceof Uncleanable || error instanceof ArchiveError) return error.message;
  if (error instanceof Error && 'code' in error) return `it could not be read (${String(error.code)})`;
  return 'it could not be cleaned';
};

const one = (text: string): AsyncIterable<Block> =>
  (async function* () {
    yield { bytes: Buffer.from(text) };
  })();

const stub = (name: string, reason: string): string => `${name} was left out: ${reason}.\n`;
const restOf = (reason: string): Uint8Array =>
  Buffer.from(`\n[wa-preflight: the rest of this file was left out: ${reason}]\n`);

/** The second pass: every file through the cleaner into the packer. A file that fails is left out, with a stub that says why. */
export const redactInto = async (
  input: Input,
  packer: Packer,
  {
    cleaner,
    signal,
    see,
  }: { readonly cleaner: Cleaner; readonly signal: AbortSignal; readonly see: (path: string, bytes: number) => void },
): Promise<readonly Redacted[]> => {
  const all: Redacted[] = [];
  const pathFor = pathBook();
  const leaveOut = async (named: string, reason: string): Promise<void> => {
    const path = pathFor(`${named}.withheld.txt`);
    const why = said(reason, cleaner);
    await packer.add(path, one(stub(named.split('/').at(-1) ?? named, why)));
    all.push({ path, found: {}, reason: why });
  };
  const clean = async (item: Item, named: string): Promise<void> => {
    const blocks = cleaner.clean(item.path, item.read(), 'auto')[Symbol.asyncIterator]();
    let first: IteratorResult<CleanBlock>;
    try {
      first = await blocks.next();
    } catch (error) {
      return leaveOut(named, reasonOf(error, signal));
    }
    const path = pathFor(named);
    const found = summing();
    let reason: string | null = null;
    let bytes = 0;
    const written = async function* (): AsyncGenerator<Block> {
      for (let next = first; !next.done; ) {
        signal.throwIfAborted();
        found.add(next.value.found);
        bytes += next.value.bytes.byteLength;
        see(path, bytes);
        yield next.value;
        try {
          next = await blocks.next();
        } catch (error) {
          reason = said(reasonOf(error, signal), cleaner);
          yield { bytes: restOf(reason) };
          return;
        }
      }
    };
    await packer.add(path, written());
    all.push({ path, found: found.found(), reason });
  };
  for await (const item of input.items()) {
    signal.throwIfAborted();
    const named = namedAs(item.path, cleaner);
    see(named, 0);
    if (item.refused === null) await clean(item, named);
    else await leaveOut(named, item.refused);
  }
  return all;
};
