import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { write } from '../../report-templates/json.ts';
import { whyLacking } from '../../src/bundle/contents.ts';
import { givenAt, openBundle } from '../../src/bundle/open.ts';
import { judgeable, readSubject, reportIn } from '../../src/cli/subject.ts';
import { UsageError } from '../../src/usage-error.ts';
import { boring, recordingOf } from '../support/hosts.ts';
import { archiveOf, bundleFiles, type Files, manifestFor, TOP, unpackedIn } from '../support/made-bundle.ts';
import { finishedReport } from '../support/sample-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'wa-preflight-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const saved = (bytes: Buffer | string): string => {
  made += 1;
  // Names tell nothing: what it is, is known by its content.
  const file = join(folder, `${made}.dat`);
  writeFileSync(file, bytes);
  return file;
};
const fresh = (): string => mkdtempSync(join(folder, 'tree-'));

const REPORT = write(finishedReport());
const RECORDING = JSON.stringify(recordingOf(boring.evidence));
const FILES: Files = { 'report.json': REPORT, 'evidence.json': RECORDING };

/** What opening an archive of these files says. */
const refused = async (files: Files): Promise<string> => {
  const error = await readSubject(saved(await archiveOf(files)), '--from').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  const { message } = error as UsageError;
  expect(message).not.toContain('\n');
  return message;
};

describe('a bundle', () => {
  it.each(['zip', 'tar.gz'] as const)('of %s is opened by what is in it', async (kind) => {
    const subject = await readSubject(saved(await archiveOf(bundleFiles(FILES), kind)), '--from');
    if (subject.kind !== 'bundle') throw new Error(subject.kind);
    expect(subject.bundle.top).toBe(TOP);
    expect(subject.bundle.manifest).toEqual(manifestFor(FILES));
    expect(reportIn(subject)).toEqual(finishedReport());
    expect(judgeable(subject)).toEqual({ recording: recordingOf(boring.evidence), ran: finishedReport() });
  });

  it('is opened as the folder that it was unpacked into, and as the one above it', async () => {
    const above = unpackedIn(fresh(), { ...bundleFiles(FILES), 'notes/mine.txt': 'x' });
    for (const path of [above, join(above, TOP)]) {
      const subject = await readSubject(path, '--from');
      expect(reportIn(subject)).toEqual(finishedReport());
    }
  });

  it('is what was changed in it, where it is unpacked, and refused, where it is packed', async () => {
    const changed = { ...bundleFiles(FILES), [`${TOP}/report.json`]: REPORT.replaceAll('core-1', 'core-2') };
    expect(reportIn(await readSubject(unpackedIn(fresh(), changed), 'render')).host.name).toBe('core-2');
    expect(await refused(changed)).toContain('it is not the file that the manifest names');
  });

  it('may stand beside what a desk packed with it, and without a folder of its own', async () => {
    const packed = await archiveOf({ '__MACOSX/._x': 'x', ...bundleFiles(FILES) });
    expect(reportIn(await readSubject(saved(packed), 'render'))).toEqual(finishedReport());
    const flat = await archiveOf({ ...FILES, 'manifest.json': JSON.stringify(manifestFor(FILES)) });
    expect(reportIn(await readSubject(saved(flat), 'render'))).toEqual(finishedReport());
  });

  it('says why it lacks a file', async () => {
    const [row] = manifestFor({ 'evidence.json': '' }).files;
    if (!row) throw new Error('no row');
    const lacking = { ...row, bytes: null, sha256: null, state: 'left-out' as const, reason: 'left out by choice' };
    const only = { 'report.json': REPORT };
    const files = bundleFiles(only, { files: [...manifestFor(only).files, lacking] });
    const subject = await readSubject(saved(await archiveOf(files)), '--from');
    expect(() => judgeable(subject)).toThrow('the bundle holds no evidence.json (left out by choice)');
    const second = await readSubject(saved(await archiveOf(bundleFiles({}, { volume: 2, volumes: 3 }))), 'render');
    expect(() => reportIn(second)).toThrow('it is file 2 of 3 of a bundle: report.json is in the first one');
    if (second.kind === 'bundle') expect(whyLacking(second.bundle, 'report.json')).not.toContain('undefined');
  });

  it('is not a recording or a report that was packed alone', async () => {
    expect(await refused({ 'evidence.json': RECORDING })).toContain('it has no manifest.json');
    const path = unpackedIn(fresh(), { 'evidence.json': RECORDING });
    await expect(readSubject(path, '--from')).rejects.toThrow('it is a folder without a manifest.json');
  });
});

describe('a hostile bundle is refused with one sentence', () => {
  const HOSTILE: readonly (readonly [string, Files, string])[] = [
    ['two manifests', { ...bundleFiles(FILES), 'other/manifest.json': '{}' }, 'there are two manifests'],
    [
      'folders with files of a bundle',
      { 'a/report.json': '1', 'b/report.json': '1', ...bundleFiles(FILES) },
      'several folders with files of a bundle',
    ],
    ['a manifest that is no JSON', { [`${TOP}/manifest.json`]: 'NaN' }, 'it is not JSON'],
    ['a manifest of another kind', { [`${TOP}/manifest.json`]: REPORT }, 'it is not the manifest of a bundle'],
    [
      'a later version',
      { [`${TOP}/manifest.json`]: JSON.stringify(manifestFor({}, { schemaVersion: '2.0' })) },
      'this tool reads bundles of version 1',
    ],
    ['a report of another kind', bundleFiles({ 'report.json': RECORDING }), 'its kind is "HostEvidence"'],
    ['evidence of another kind', bundleFiles({ 'evidence.json': REPORT }), 'it is not a recording of this tool'],
    [
      'a report that lacks a planned check',
      bundleFiles({ 'report.json': REPORT.replace('"planned": [', '"planned": ["host.gone",') }),
      'host.gone has not exactly one result',
    ],
    ['depth alone', bundleFiles({ 'evidence.json': `${'['.repeat(99_999)}` }), 'nested deeper than any file'],
    [
      'a key twice',
      bundleFiles({ 'evidence.json': RECORDING.replace('{', '{"evidence":{},') }),
      'it holds the key "evidence" twice',
    ],
    [
      'a key twice, once escaped',
      bundleFiles({ 'report.json': REPORT.replace('{', '{"k\\u0069nd":"HostReport",') }),
      'it holds the key "kind" twice',
    ],
    [
      'numbers that are none',
      bundleFiles({ 'evidence.json': RECORDING.replace('"evidence":', '"more":Infinity,"evidence":') }),
      'it is not JSON',
    ],
    [
      'more values than any file has',
      bundleFiles({ 'evidence.json': `[${'0,'.repeat(500_001)}0]` }),
      'it holds more than 500000 values',
    ],
    [
      'a file that is too large',
      bundleFiles({ 'evidence.json': `{"a":"${'x'.repeat(33 * 2 ** 20)}"}` }),
      'larger than 32 MiB',
    ],
    ['terminal escapes', { [`${TOP}/manifest.json`]: '{"kind":"\u001b[2J"}' }, 'it is not JSON'],
  ];
  it.each(HOSTILE)('%s', async (_, files, words) => {
    const message = await refused(files);
    expect(message).toContain(words);
    expect(message).not.toContain('\u001b');
  });

  it('a link in an unpacked one is not followed', async () => {
    const path = unpackedIn(fresh(), bundleFiles({}));
    symlinkSync('/etc/passwd', join(path, TOP, 'evidence.json'));
    await expect(readSubject(path, '--from')).rejects.toThrow('evidence.json: it is a link');
  });

  it('and leaves the prototype of objects as it was', async () => {
    const poison = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},';
    const files = {
      'report.json': REPORT.replace('{', poison),
      'evidence.json': RECORDING.replace('{', poison).replace(
        '"evidence":{',
        `"evidence":${poison.replaceAll('true}', 'true},"value":1')}`,
      ),
    };
    const outcome = await readSubject(saved(await archiveOf(bundleFiles(files))), '--from').catch(
      (error: unknown) => error,
    );
    expect(outcome).toBeDefined();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('what is given', () => {
  it('may be a report or a recording with a byte order mark', async () => {
    expect((await readSubject(saved(`\ufeff${REPORT}`), 'x')).kind).toBe('report');
    expect((await readSubject(saved(`\ufeff${RECORDING}`), 'x')).kind).toBe('recording');
  });

  it.each([
    ['nothing', '', 'it is not JSON'],
    ['no kind', '{}', 'it does not say of what kind it is; a report, a recording or a bundle of this tool is needed'],
    ['another kind', '{"kind":"x\\u001b[31m"}', 'its kind is "x\\x1b[31m"'],
    ['a recording without answers', '{"kind":"HostEvidence"}', 'it is not a recording of this tool at'],
    ['a cut zip', Buffer.from('PK\x03\x04'), ''],
    ['a cut gzip', Buffer.from([0x1f, 0x8b, 8, 0]), ''],
  ])('is refused as %s', async (_, content, words) => {
    await expect(readSubject(saved(content), '--from')).rejects.toThrow(UsageError);
    await expect(readSubject(saved(content), '--from')).rejects.toThrow(words);
  });

  it('is known by its content', async () => {
    expect(await givenAt(folder, 'x')).toBe('folder');
    expect(await givenAt(saved('{}'), 'x')).toBe('text');
    expect(await givenAt(saved(await archiveOf({ a: 'b' }, 'tar.gz')), 'x')).toBe('archive');
    await expect(givenAt('/dev/null', 'x')).rejects.toThrow('it is not a file');
    await expect(givenAt(join(folder, 'none'), 'x')).rejects.toThrow('there is no such file');
    await expect(openBundle(join(folder, 'none'), 'folder', 'x')).rejects.toThrow('there is no such file');
  });

  it('is refused where it is not what is wanted', async () => {
    const report = await readSubject(saved(REPORT), '--from');
    expect(() => judgeable(report)).toThrow('it is a report, which holds no evidence to judge');
    const recording = await readSubject(saved(RECORDING), 'render');
    expect(() => reportIn(recording)).toThrow('it is a recording, which holds no report');
  });
});
