import type { DockerAnswers } from '../../answers/docker.ts';
import type { ForeignFile } from '../../child/file.ts';
import { isSecret } from '../docker/variables.ts';
import { composeOf } from './compose-reading.ts';
import { writtenVariables } from './compose-services.ts';
import { parseEnvFile } from './env-file.ts';
import { foreignFile, foreignMode, type ReadText } from './foreign-file.ts';
import { inTurn } from './read-values.ts';

type File = DockerAnswers['files']['files'][number];

/** Longest time of all of them, ms: with what finding the containers takes, below the common deadline of a question. */
const READING_MS = 5000;
const MOST_NAMES = 50;

type Held = { readonly file: ForeignFile | null } | { readonly why: string };

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A value that is nothing but a variable is kept elsewhere. */
const TAKEN = /^\$(\w+|\{[^}]*\})$/;

/** Names of the secrets that a file holds itself. */
const secretsIn = (text: string, kind: File['kind']): readonly string[] => {
  try {
    const values = kind === 'compose' ? writtenVariables(text) : [...parseEnvFile(text, () => undefined).values];
    const names = values.flatMap(([name, value]) => (value && isSecret(name) && !TAKEN.test(value) ? [name] : []));
    return [...new Set(names)].toSorted().slice(0, MOST_NAMES);
  } catch {
    // What is wrong with it, Compose will say.
    return [];
  }
};

const unread = async (path: string, kind: File['kind'], why: string, signal: AbortSignal): Promise<File | null> => {
  const base = { path, kind, secrets: [] };
  try {
    const found = await foreignMode(path, signal);
    return found && { ...base, ...found, why };
  } catch {
    return { ...base, mode: null, uid: null, why };
  }
};

/** The modes of Compose files and of the env files that they name, and the names of secrets in them; those that are there. */
export const composeFiles = async (paths: readonly string[], signal: AbortSignal): Promise<File[]> => {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(READING_MS)]);
  const held = new Map<string, Held>();
  const look: ReadText = async (path, required = true) => {
    const found = await foreignFile(path, bounded).catch((error: unknown) => {
      signal.throwIfAborted();
      held.set(path, { why: wordsOf(error) });
      throw error;
    });
    held.set(path, { file: found });
    if (!found && required) throw new Error(`there is no ${path}`);
    return found?.text ?? '';
  };
  const env = new Set<string>();
  const read = inTurn(look);
  for (const path of paths) {
    const noting: ReadText = (file, required) => {
      if (!/\.ya?ml$/i.test(file) && !paths.includes(file)) env.add(file);
      return read(file, required);
    };
    // Whatever cannot be made of it, what was read until then is told.
    await composeOf(path, process.env, noting, bounded, false).catch(() => signal.throwIfAborted());
  }
  const files: File[] = [];
  for (const [path, one] of held) {
    const kind = env.has(path) ? 'env' : 'compose';
    const told = 'why' in one ? await unread(path, kind, one.why, bounded) : null;
    if (told) files.push(told);
    else if ('file' in one && one.file) {
      const { mode, uid, text } = one.file;
      files.push({ path, kind, mode, uid, why: null, secrets: [...secretsIn(text, kind)] });
    }
  }
  signal.throwIfAborted();
  return files;
};
