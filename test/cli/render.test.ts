import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { write } from '../../report-templates/json.ts';
import * as plain from '../../report-templates/plain.ts';
import { LAUNCHER, ran } from '../support/command.ts';
import { finishedReport } from '../support/sample-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'wa-preflight-render-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const saved = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const REPORT = saved('report.json', write(finishedReport()));
const render = (...args: readonly string[]) => ran('sh', [LAUNCHER, 'render', ...args]);

// These run what `npm run build` made, as users do.
describe('render', () => {
  it('shows a saved report as it was', async () => {
    expect(await render(REPORT, '--format', 'json')).toMatchObject({
      exitCode: 0,
      stdout: write(finishedReport()),
      stderr: '',
    });
    const look = { color: false, ascii: false, width: 100, verbose: false };
    expect((await render(REPORT)).stdout).toBe(plain.write(finishedReport(), look));
  });

  it("ends with Nagios' state where Nagios asks", async () => {
    expect((await render(REPORT, '--format', 'nagios')).exitCode).toBe(2);
  });

  it.each([
    ['no file', join(folder, 'none.json'), 'there is no such file'],
    ['a folder', folder, 'it is'],
    ['no JSON', saved('words.json', 'words'), 'it is not JSON'],
    ['no report', saved('other.json', '{"kind":"Other","schemaVersion":"1.0"}'), 'its kind is "Other"'],
    [
      'another major version',
      saved('two.json', '{"kind":"HostReport","schemaVersion":"2.0"}'),
      'this tool reads version 1',
    ],
    [
      'a report that lacks a planned check',
      saved('less.json', write(finishedReport()).replace('"planned": [', '"planned": ["host.gone",')),
      'host.gone has not exactly one result',
    ],
    ['depth alone', saved('deep.json', `${'['.repeat(99_999)}${']'.repeat(99_999)}`), 'nested deeper'],
  ])('refuses %s with one sentence', async (_, file, words) => {
    const { exitCode, stdout, stderr } = await render(file, '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'Error', code: 'usage' });
    expect(stderr).toContain(words);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('refuses an unknown format', async () => {
    const { exitCode, stderr } = await render(REPORT, '--format', 'jsn');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('json');
  });
});
