import { blocksOf } from '../redact/blocks.ts';
import { kindOf } from '../redact/forms.ts';
import { redactorOf } from '../redact/redactor.ts';
import type { Form, Named, Redactor, Terms } from '../redact/rule.ts';
import { Uncleanable } from '../redact/uncleanable.ts';
import { narrowed } from '../redact/wide.ts';
import { begun } from './begun.ts';
import type { CleanBlock, Cleaner } from './cleaner.ts';
import { cleanArchive, DEEPEST } from './nested.ts';
import { type Pool, poolOf } from './pool.ts';
import type { SecondScan } from './second-scan.ts';
import { slabsOf } from './slabs.ts';
import type { Job } from './work.ts';

/** How files are cleaned: by how many worker threads, 0 for none. */
export type Cleaning = {
  readonly workers: number;
  /** Told before each block, so that a test can fail the n-th. */
  readonly fault?: () => void;
  /** The program of the workers, and the longest time for one block in ms. */
  readonly program?: URL;
  readonly mostTime?: number;
  /** Told what labels stand for, where the terms want that. */
  readonly onNamed?: (named: Named) => void;
};

/** A file of one block up to this size is cleaned on this thread, which nothing ends: in a tenth of a second. Bytes. */
const MOST_INLINE = 128 * 1024;

/** A block larger than this holds a long line, bytes: it costs many times its size, and is alone under way. */
const LARGE = 3 * 2 ** 19;

/** Keeps as many blocks under way as the pool takes, and gives them back in order. */
const inOrder = async function* (jobs: AsyncIterable<Job>, pool: Pool): AsyncGenerator<CleanBlock> {
  const underWay: Promise<CleanBlock>[] = [];
  for await (const job of jobs) {
    if (job.bytes.byteLength > LARGE) {
      for (const block of underWay.splice(0)) yield await block;
      yield await pool.run(job);
      continue;
    }
    const block = pool.run(job);
    // It is awaited below; until then nobody else hears of its error.
    block.catch(() => {});
    underWay.push(block);
    if (underWay.length >= pool.width) yield (await underWay.shift()) as CleanBlock;
  }
  for (const block of underWay) yield await block;
};

const asText = (redactor: Redactor, text: string): string =>
  Buffer.from(redactor.block(Buffer.from(text, 'utf8'), 'text').bytes).toString('utf8');

/**
 * The way of every byte into an archive. Files go through worker threads in blocks, in order, with back-pressure and a deadline for
 * each; a small one is cleaned where we are, and starts none.
 */
export const cleaner = (
  terms: Terms,
  { workers, fault = () => {}, program, mostTime, onNamed = () => {} }: Cleaning,
): Cleaner => {
  const redactor = redactorOf(terms);
  const pool = workers > 0 ? poolOf(terms, workers, program, mostTime) : null;
  const longValues = terms.literals.map(({ value }) => value).filter((value) => value.includes('\n'));
  const { take, give } = slabsOf();
  const splitting = { longValues, take, cleaned: (bytes: Uint8Array) => redactor.block(bytes, 'log').bytes };

  let here: Promise<(job: Job) => Promise<CleanBlock>> | null = null;
  const inline = async (job: Job): Promise<CleanBlock> => {
    here ??= import('./work.ts').then(({ workOf }) => workOf(terms));
    return (await here)(job);
  };

  let prover: Promise<SecondScan> | null = null;

  const jobsOf = async function* (
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    form: Form,
    wide: 'le' | 'be' | null,
  ): AsyncGenerator<Job> {
    const read = wide ? narrowed(chunks, wide) : chunks;
    let everything = true;
    for await (const block of blocksOf(read, form, splitting)) {
      fault();
      yield { path, bytes: block.bytes, form: block.form, wide, packed: true, everything };
      everything = false;
    }
  };

  const text = async function* (jobs: AsyncGenerator<Job>): AsyncGenerator<CleanBlock> {
    const first = await jobs.next();
    if (first.done) return;
    const second = await jobs.next();
    if (second.done) {
      const job = { ...first.value, packed: false };
      yield await (pool && job.bytes.length > MOST_INLINE ? pool.run(job) : inline(job));
      return;
    }
    const all = async function* (): AsyncGenerator<Job> {
      yield first.value;
      yield second.value;
      yield* jobs;
    };
    if (pool) yield* inOrder(all(), pool);
    else for await (const job of all()) yield await inline({ ...job, packed: false });
  };

  const file = async function* (
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    form: Form | 'auto',
    depth: number,
  ): AsyncGenerator<CleanBlock> {
    const { head, all } = await begun(chunks);
    const found = kindOf(path, head);
    if (found.kind === 'text') {
      for await (const { named, ...block } of text(
        jobsOf(path, all, form === 'auto' ? found.form : form, found.wide),
      )) {
        if (named) onNamed(named);
        yield { ...block, release: () => give(block.bytes) };
      }
      return;
    }
    if (depth >= DEEPEST) throw new Uncleanable(`it lies ${DEEPEST} archives deep, and more are not opened`);
    const clean = (inner: string, bytes: AsyncIterable<Uint8Array>) => file(inner, bytes, 'auto', depth + 1);
    yield* cleanArchive(path, all, { clean, name: redactor.name });
  };

  return {
    clean: (path, chunks, form) => file(path, chunks, form, 0),
    name: redactor.name,
    text: (said) => asText(redactor, said),
    prove: async (path, bytes) => {
      prover ??= import('./second-scan.ts').then(({ secondScanOf }) => secondScanOf(terms.literals));
      await (await prover)(path, bytes, true);
    },
    close: async () => {
      await pool?.close();
    },
  };
};
