// Writes what of the documentation is made from the code: the catalogue of checks, the JSON Schemas, the README's screens.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages } from '../src/cli/pages.ts';
import { withScreens } from '../test/support/readme.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const readme = await readFile(join(root, 'README.md'), 'utf8');

for (const [path, text] of Object.entries({ ...pages(), 'README.md': await withScreens(readme) })) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
