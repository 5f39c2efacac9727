import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { dockerAccess } from '../../src/host/live/docker/access.ts';
import { findLogin } from '../../src/host/live/login/find.ts';
import type { Login, LoginOptions } from '../../src/host/login.ts';
import { tree } from './tree.ts';

const NONE: LoginOptions = { envFile: null, url: null, tls: null, backupTaken: false };

/** The variables that a login is looked for in, and that decide where else one is looked for. */
const CLEARED = /^(WA_DB_|PG|MYSQL_|DOCKER_|XDG_RUNTIME_DIR)/;

/** A place without any login: nothing in the environment, an empty home, no Engine. */
export const nowhere = (
  variables: Readonly<Record<string, string>> = {},
  home: Readonly<Record<string, string>> = {},
): string => {
  const root = tree(home);
  mkdirSync(join(root, 'none'), { recursive: true });
  for (const name of Object.keys(process.env)) if (CLEARED.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', root);
  vi.stubEnv('DOCKER_HOST', `unix://${root}/none/docker.sock`);
  vi.stubEnv('DOCKER_CONFIG', join(root, 'none'));
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return root;
};

/** What the chain comes to from there. */
export const chain = (options: Partial<LoginOptions> = {}, given: Login | null = null, personWaits = false) =>
  findLogin(
    { ...NONE, ...options },
    dockerAccess(),
    { signal: new AbortController().signal, progress: () => {} },
    given,
    personWaits,
  );
