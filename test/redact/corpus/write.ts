import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { corpusOf } from './corpus.ts';

// sh bin/node test/redact/corpus/write.ts SEED DIR: DIR/files and DIR/truth.json, as score.py reads them.
const [seed, folder] = process.argv.slice(2);
if (seed === undefined || folder === undefined) throw new Error('write.ts SEED DIR');
const { files, truth } = corpusOf(seed);
for (const [path, bytes] of files) {
  const full = join(folder, 'files', path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, bytes);
}
writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth, null, 1));
