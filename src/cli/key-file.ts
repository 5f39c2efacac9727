import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Text and mode of a key file, read in a child: its path may end on a mount that hangs. Nothing of it is in any message. */
const keyText = async (given: string, name: string) => {
  const { foreignFile } = await import('../host/live/login/foreign-file.ts');
  const file = await foreignFile(resolve(given), new AbortController().signal).catch((error: unknown) => {
    throw new UsageError(`${name}: ${oneLine(error instanceof Error ? error.message : String(error))}`);
  });
  if (!file) throw new UsageError(`${name}: there is no such file`);
  return file;
};

/** What `--sign KEY` signs with. Throws a UsageError for a file that is no ed25519 key, or that others may use. */
export const signerFrom = async (given: string) => {
  const name = `--sign ${oneLine(given)}`;
  const file = await keyText(given, name);
  const { signerOf } = await import('../bundle/sign.ts');
  return signerOf(file, name);
};

/** What `--key PUBLIC` verifies with. Throws a UsageError. */
export const publicKeyFrom = async (given: string): Promise<KeyObject> => {
  const name = `--key ${oneLine(given)}`;
  const { text } = await keyText(given, name);
  const { publicKeyOf } = await import('../bundle/sign.ts');
  return publicKeyOf(text, name);
};
