import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A configuration folder of Docker's client that has Compose as a plug-in: for DOCKER_CONFIG. */
export const COMPOSE_CONFIG = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'wa-preflight-tests/compose',
);

/** Why Compose cannot be asked here, null where it can: for the titles of skipped tests. */
export const noCompose = (): string | null => {
  const { status, error } = spawnSync('docker', ['compose', 'version'], {
    env: { ...process.env, DOCKER_CONFIG: COMPOSE_CONFIG },
    timeout: 20_000,
  });
  if (error) return "no client of Docker's (apt: docker.io)";
  return status === 0 ? null : 'no Compose (test/servers/compose-from-sid.sh)';
};
