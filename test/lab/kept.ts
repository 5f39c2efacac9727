import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultSpec } from './faults.ts';
import type { Wish } from './services.ts';
import type { Call } from './stand-in/control.ts';

// The folder of a lab: what it has to know from one command to the next.

/** What is kept of a lab, in lab.json. */
export type Kept = {
  readonly wish: Wish;
  /** As DOCKER_HOST has it. */
  readonly engine: string;
  readonly webhookUrl: string;
  readonly fingerprint: string;
  readonly faults: readonly FaultSpec[];
  readonly revision: number;
};

/** A file of a folder. */
export const at = (folder: string, name: string): string => join(folder, name);
/** Replaces a file at once: whoever reads it reads the old one or the new one. */
export const put = (path: string, value: unknown): void => {
  writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${path}.new`, path);
};

export const caFileOf = (folder: string): string => at(folder, 'certificates/ca.pem');
export const composeFileOf = (folder: string): string => at(folder, 'installation/docker-compose.yml');
export const keptIn = (folder: string): Kept | null =>
  existsSync(at(folder, 'lab.json')) ? JSON.parse(readFileSync(at(folder, 'lab.json'), 'utf8')) : null;
export const callsIn = (folder: string): readonly Call[] => {
  const file = at(folder, 'control/calls.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Call);
};
