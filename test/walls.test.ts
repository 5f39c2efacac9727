import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './support/command.ts';

// A folder with the project's own lint configuration, where wrong files can stand without harm.
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'walls-'));
  const { vcs: _, $schema: __, ...configuration } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the linter says of a file at a path; null where it has nothing to say. */
const refused = (path: string, code: string): string | null => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), code);
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const ran = spawnSync(biome, ['lint', '--error-on-warnings', path], { cwd: folder, encoding: 'utf8' });
  rmSync(join(folder, path));
  return ran.status === 0 ? null : ran.stdout + ran.stderr;
};
const importing = (module: string) => `import { x } from '${module}';\nexport const y = x;\n`;

describe('the walls between the folders', () => {
  it.each([
    ['checks/host/probe.ts', 'node:fs', 'A check asks its host'],
    ['checks/host/probe.ts', 'dockerode', 'A check asks its host'],
    ['checks/host/probe.ts', '../../src/run.ts', 'A check knows its host port and pure helpers only'],
    ['src/probe.ts', 'node:child_process', 'The engine is pure'],
    ['src/probe.ts', '../checks/index.ts', 'reach the engine as arguments'],
    ['src/host/live/probe.ts', '../../run.ts', 'The host answers questions'],
    ['report-templates/probe.ts', 'node:fs', 'A template shows a report'],
    ['report-templates/probe.ts', 'ink', 'Only the screen draws'],
    ['src/cli/probe.ts', 'react', 'Only the screen draws'],
    ['src/redact/probe.ts', 'node:fs', 'Redaction and comparison are pure'],
    ['src/diff/probe.ts', '../cli/main.ts', 'Redaction and comparison know no command'],
    ['src/archive/probe.ts', '../redact/rule.ts', 'An archive knows members and bytes'],
    ['src/bundle/probe.ts', 'dockerode', 'it reaches no host by itself'],
    ['src/bundle/probe.ts', '../host/live/live.ts', 'reach a bundle as arguments'],
  ])('%s may not import %s', (path, module, sentence) => {
    expect(refused(path, importing(module))).toContain(sentence);
  });

  it.each([
    ['a default export', 'checks/host/probe.ts', 'export default 1;\n'],
    ['an enum', 'src/probe.ts', 'export enum E { A }\n'],
    ['printing from the library', 'src/probe.ts', "export const f = () => console.log('x');\n"],
    ['a name that is not kebab-case', 'src/ProbeFile.ts', 'export const x = 1;\n'],
  ])('%s is refused', (_, path, code) => {
    expect(refused(path, code)).not.toBeNull();
  });

  it.each(['checks/host/probe.ts', 'src/probe.ts', 'report-templates/probe.ts'])(
    '%s may import what is its own',
    (path) => {
      expect(refused(path, importing(path.startsWith('src') ? './model.ts' : '../src/model.ts'))).toBeNull();
    },
  );
});
