import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN, SECRETS } from '../lab/deployments.ts';
import type { Engine } from '../lab/engine.ts';
import type { FaultSpec } from '../lab/faults.ts';
import { caFileOf, callsIn, composeFileOf, keptIn } from '../lab/kept.ts';
import { applyFaults, foundLab } from '../lab/lab.ts';
import type { Wish } from '../lab/services.ts';
import type { Call } from '../lab/stand-in/control.ts';
import { sweep } from '../lab/sweep.ts';
import { noCertificates } from './certificates.ts';
import { noDockerNetworks } from './dockerd.ts';
import { noPostgres } from './postgres.ts';

/** A deployment of stand-ins on a real Engine. */
export type Lab = {
  /** Its API: reached where the containers are. */
  readonly url: string;
  /** This host's address in the lab's network. */
  readonly address: string;
  readonly webhookUrl: string;
  readonly caFile: string;
  /** SHA-256 of the Webapp's good certificate, hex in lower case. */
  readonly fingerprint: string;
  readonly composeFile: string;
  readonly login: { readonly user: string; readonly password: string };
  readonly apiKey: string;
  /** Sets these faults, and no others: "none" for none. Containers are made anew where they have to be. */
  readonly fault: (...faults: readonly FaultSpec[]) => Promise<void>;
  readonly calls: () => readonly Call[];
  /** Removes all that it made; the Engine goes on. */
  readonly stop: () => Promise<void>;
};

/** Why there can be no lab here, null where there can: for the titles of skipped tests. */
export const noLab = (database: Wish['database'] = 'postgresql'): string | null =>
  noDockerNetworks() ?? noCertificates() ?? (database === 'postgresql' ? noPostgres('13') : null);

type Wanted = Partial<Wish> & { readonly faults?: readonly FaultSpec[] };

/** Starts a lab on an Engine that has none yet (test/lab/own-engine.ts). */
export const startLab = async ({ faults = [], ...wanted }: Wanted, engine: Engine): Promise<Lab> => {
  const wish: Wish = {
    ...{ topology: 'single', database: 'postgresql', network: 'user', address: '0.0.0.0', port: 9090 },
    ...wanted,
  };
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  const stop = async () => {
    await sweep(engine, folder);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await foundLab(engine, folder, wish);
    await applyFaults(engine, folder, faults);
  } catch (error) {
    await stop();
    throw error;
  }
  const { webhookUrl = '', fingerprint = '' } = keptIn(folder) ?? {};
  const address = new URL(webhookUrl).hostname.replace(/\d+$/, '1');
  return {
    ...{
      url: `https://localhost:${wish.port}`,
      webhookUrl,
      fingerprint,
      address,
      login: ADMIN,
      apiKey: SECRETS.apiKey,
    },
    ...{ caFile: caFileOf(folder), composeFile: composeFileOf(folder) },
    fault: (...specs) => applyFaults(engine, folder, specs),
    calls: () => callsIn(folder),
    stop,
  };
};
