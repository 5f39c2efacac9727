import { resolve } from 'node:path';
import { ArchiveError } from '../archive/archive.ts';
import { type Verified, verifyBundle } from '../bundle/verify.ts';
import { foreignFile, foreignMode } from '../host/live/login/foreign-file.ts';
import { oneLine } from '../printable.ts';
import { BUNDLE_VERIFIED_SCHEMA, TOOL } from '../tool.ts';
import type { VerifyOptions } from './bundle-command.ts';
import { type FileVerdict, together, verdictLines } from './bundle-verify-show.ts';
import { publicKeyFrom } from './key-file.ts';
import type { ShowOptions } from './options.ts';
import { print } from './output.ts';
import { leave } from './signals.ts';
import { colorful } from './terminal.ts';

const never = (): AbortSignal => new AbortController().signal;
const said = (error: unknown): string => oneLine(error instanceof Error ? error.message : String(error));

/** Looks in a child whether a file is there at all, so that a mount that hangs is not touched by us; then for its digest. */
const besideOf = async (path: string): Promise<string | null> => {
  const refuse = (error: unknown) => {
    throw new ArchiveError(`it cannot be read: ${said(error)}`);
  };
  if ((await foreignMode(path, never()).catch(refuse)) === null) throw new ArchiveError('there is no such file');
  const sidecar = await foreignFile(`${path}.sha256`, never()).catch(() => ({ text: '' }));
  return sidecar?.text ?? null;
};

const verdictOf = async (file: string, key: Parameters<typeof verifyBundle>[1]['key']): Promise<FileVerdict> => {
  const path = resolve(file);
  try {
    const sidecar = await besideOf(path);
    const { scanAgain } = await import('../bundle/scan-again.ts');
    const verified: Verified = await verifyBundle(path, { sidecar, key, scan: scanAgain() });
    return { file: oneLine(file), refused: null, verified };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { file: oneLine(file), refused: oneLine(error.message), verified: null };
  }
};

/** What one verdict comes to, as an exit code: a stranger's file outweighs a changed one. */
const codeOf = ({ verified }: FileVerdict): number => (verified ? (verified.changes.length > 0 ? 1 : 0) : 2);

const documentOf = (verdicts: readonly FileVerdict[], missing: readonly string[], exitCode: number) => ({
  ...{ $schema: BUNDLE_VERIFIED_SCHEMA, schemaVersion: '1.0', kind: 'BundleVerification', tool: { ...TOOL } },
  ...{ outcome: ['intact', 'changed', 'not-a-bundle'][exitCode], exitCode, missing },
  bundles: verdicts.map((verdict) => {
    const { file, refused, verified } = verdict;
    const outcome = ['intact', 'changed', 'not-a-bundle'][codeOf(verdict)];
    if (!verified) return { file, outcome, message: refused };
    const { bytes, sha256, files, changes, others, signature, manifest } = verified;
    return {
      ...{ file, outcome, name: manifest?.name ?? null, createdAt: manifest?.createdAt ?? null },
      ...{ volume: manifest?.volume ?? null, volumes: manifest?.volumes ?? null, others },
      ...{ bytes, sha256, files, complete: manifest?.complete ?? null, signature, changes },
    };
  }),
});

/** `bundle verify`: leaves with 0 where every file is intact, 1 where one was changed, 2 where one is no bundle. */
export const bundleVerify = async ({ files, key }: VerifyOptions, showing: ShowOptions): Promise<void> => {
  const publicKey = key === null ? null : await publicKeyFrom(key);
  const verdicts: FileVerdict[] = [];
  for (const file of files) verdicts.push(await verdictOf(file, publicKey));
  const missing = together(verdicts);
  const exitCode = Math.max(...verdicts.map(codeOf));
  const text =
    showing.format === 'json'
      ? `${JSON.stringify(documentOf(verdicts, missing, exitCode), null, 2)}\n`
      : verdictLines(verdicts, missing, {
          color: colorful(showing, process.stdout.isTTY === true, process.env),
          ascii: showing.ascii,
        });
  await print(process.stdout, text);
  leave(exitCode);
};
