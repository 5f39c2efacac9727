import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cleanedFiles, underNewNames } from './cleaned-files.ts';
import { corpusOf } from './corpus/corpus.ts';
import type { Corpus, Truth } from './corpus/planted.ts';
import { scoreOf } from './corpus/score.ts';
import { short, told } from './told.ts';

const SAMPLE = fileURLToPath(new URL('../../../shared/samples/secrets', import.meta.url));
const noSample = existsSync(join(SAMPLE, 'truth.json')) ? null : 'the shared sample is not beside this folder';

const sample = (): Corpus => {
  const folder = join(SAMPLE, 'files');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return {
    files: new Map(files.map((path) => [relative(folder, path), readFileSync(path)])),
    truth: JSON.parse(readFileSync(join(SAMPLE, 'truth.json'), 'utf8')) as Truth,
  };
};

const isJson = (bytes: Uint8Array): boolean => {
  try {
    JSON.parse(Buffer.from(bytes).toString());
    return true;
  } catch {
    return false;
  }
};

const linesIn = (bytes: Uint8Array): number => bytes.filter((byte) => byte === 10).length;

/** Records of Docker's own log may be joined: then there are fewer lines. */
const keepsLines = (path: string): boolean =>
  /\.(log|ndjson|txt|out)$/.test(path) && !/json\.log$|split|^bytes\/win/.test(path);

const judged = async ({ files, truth }: Corpus): Promise<void> => {
  const cleaned = await cleanedFiles(files);
  const score = scoreOf(underNewNames(cleaned), truth);
  expect(short(score), told(score, truth)).toEqual([]);
  const broken = [...files].flatMap(([path, bytes]) => {
    const now = cleaned.get(path)?.bytes;
    if (!now) return [`${path} was not cleaned`];
    if (isJson(bytes) && !isJson(now)) return [`${path} is no JSON any more`];
    if (keepsLines(path) && linesIn(bytes) !== linesIn(now)) return [`${path} has other lines`];
    return [];
  });
  expect(broken).toEqual([]);
};

describe('secrets are taken out and harmless values kept', () => {
  test.each(['1', '2', '3'])(
    'in our own corpus, seed %s',
    async (seed) => {
      await judged(corpusOf(seed));
    },
    120_000,
  );

  test.skipIf(noSample)(`in the shared sample${noSample ? `: ${noSample}` : ''}`, async () => {
    await judged(sample());
  });
});

describe('the corpus itself', () => {
  test('is large, and the scorer finds all of it in the raw files', () => {
    const { files, truth } = corpusOf('1');
    const score = scoreOf(files, truth);
    expect(truth.secrets.length).toBeGreaterThan(550);
    expect(truth.decoys.length).toBeGreaterThan(450);
    expect(new Set(truth.secrets.map((secret) => secret.class)).size).toBe(54);
    expect(score.leaks.size).toBe(truth.secrets.length);
    expect(score.keep.got / score.keep.of).toBeGreaterThan(0.99);
  });

  test('is the same for the same seed, and another for another', () => {
    expect(corpusOf('1')).toEqual(corpusOf('1'));
    expect(corpusOf('1').truth.secrets[0]?.canary).not.toBe(corpusOf('2').truth.secrets[0]?.canary);
  });
});
