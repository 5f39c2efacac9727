import { dirname } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { exec } from '../exec.ts';

/** Longest time of all that is asked of Compose, ms: it takes two tenths of a second. */
const PATIENCE = 2500;

const config = z.object({
  services: z.record(
    z.string(),
    z.object({
      environment: z.nullish(z.record(z.string(), z.nullable(z.union([z.string(), z.number(), z.boolean()])))),
    }),
  ),
});

/** What Compose itself makes of a file: the environment of each service. */
export type Composed = {
  readonly program: string;
  readonly services: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** All that it printed, each dollar written twice. */
  readonly document: unknown;
};

/** Compose as a part of Docker's client, and as the program that it was before. */
const PROGRAMS = [
  { words: ['docker', 'compose'], format: ['--format', 'json'], profiles: ['--profile', '*'] },
  { words: ['docker-compose'], format: [], profiles: [] },
] as const;

/** An env file as the one of a service, for which Compose has to be asked. */
const around = (path: string): string =>
  JSON.stringify({ services: { login: { image: 'login', env_file: [path.replaceAll('$', () => '$$')] } } });

// In what Compose prints a dollar is written twice, as in the files that it reads.
const plain = (value: string | number | boolean): string => String(value).replaceAll('$$', () => '$');

const composedIn = (text: string): Omit<Composed, 'program'> | null => {
  let data: unknown;
  try {
    data = parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
  const read = config.safeParse(data);
  if (!read.success) return null;
  const services = new Map(
    Object.entries(read.data.services).map(([name, { environment }]) => [
      name,
      new Map(
        Object.entries(environment ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, plain(value)]])),
      ),
    ]),
  );
  return { services, document: data };
};

/**
 * Asks Compose, where it is installed and answers; null where it is not, or will not take the file. Nothing that it says
 * of a file is told: it quotes. `variables` are what it is given on top of an environment without secrets.
 */
export const askCompose = async (
  path: string,
  kind: 'env' | 'compose',
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
  project = 'login',
): Promise<Composed | null> => {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const run = (words: readonly string[], input?: string) => {
    const [program = '', ...args] = words;
    return exec(program, args, bounded, { variables, ...(input !== undefined && { input }) }).catch(
      (error: unknown) => {
        if (signal.aborted) throw error;
        return null;
      },
    );
  };
  for (const { words, format, profiles } of PROGRAMS) {
    const version = await run([...words, 'version']);
    if (version?.exitCode !== 0) continue;
    const file = kind === 'env' ? '-' : path;
    const asked = [...words, ...profiles, '-f', file, '-p', project, '--project-directory', dirname(path), 'config'];
    const told = await run([...asked, ...format], kind === 'env' ? around(path) : undefined);
    const composed = told?.exitCode === 0 ? composedIn(told.stdout) : null;
    return composed && { program: words.join(' '), ...composed };
  }
  return null;
};
