// Writes the pages under docs/ that are made from the code: the catalogue of checks and the JSON Schemas.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages } from '../src/cli/pages.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

for (const [path, text] of Object.entries(pages())) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
