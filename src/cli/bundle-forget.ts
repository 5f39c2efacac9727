import { unlink } from 'node:fs/promises';
import type { MadeBundle } from '../bundle/bundle.ts';
import { codeOf } from '../error-code.ts';
import { oneLine } from '../printable.ts';

/** Deletes the files of a bundle and the digests beside them; what is gone already is no error. Tells what could not be deleted, else null. */
export const forgotten = async ({ volumes }: Pick<MadeBundle, 'volumes'>): Promise<string | null> => {
  const paths = volumes.flatMap(({ path }) => (path === null ? [] : [path, `${path}.sha256`]));
  const left = await Promise.all(
    paths.map((path) =>
      unlink(path).then(
        () => [],
        (error: unknown) => (codeOf(error) === 'ENOENT' ? [] : [`${oneLine(path)} (${codeOf(error) ?? 'unknown'})`]),
      ),
    ),
  );
  return left.flat().length > 0 ? `could not be deleted: ${left.flat().join(', ')}` : null;
};
