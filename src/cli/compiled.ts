import { readdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The folder beside a module that holds the bundle as this very Node compiles it. */
export const compiledBeside = (module: string): string =>
  fileURLToPath(new URL(`./compiled-${process.version}-${process.arch}`, module));

/** Whether Node would find a folder of this user there: it keeps one for each, and would make its own where there is none. */
const isOurs = (directory: string): boolean => {
  try {
    return readdirSync(directory).some((name) => name.endsWith(`-${process.getuid?.() ?? 0}`));
  } catch {
    return false;
  }
};

/**
 * Reads modules in compiled form where the build left them for this Node and this user; saves a tenth of a short run, and more of
 * the screen's start. Otherwise nothing is read, and in no case is anything written.
 */
export const readCompiled = (module: string): void => {
  const directory = compiledBeside(module);
  if (isOurs(directory)) enableCompileCache({ directory, portable: true });
};
