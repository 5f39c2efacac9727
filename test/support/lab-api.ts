import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labCertificates } from '../lab/certificates.ts';
import { ADMIN, deploymentOf, SECRETS } from '../lab/deployments.ts';
import { type FaultSpec, faultsOf } from '../lab/faults.ts';
import { type Behaviour, HEALTHY, merged } from '../lab/stand-in/behaviour.ts';
import type { Seen } from '../lab/stand-in/cluster.ts';
import type { Call, Control } from '../lab/stand-in/control.ts';
import type { Deployment, Topology } from '../lab/stand-in/deployment.ts';
import { FREE_BYTES } from '../lab/stand-in/facts.ts';
import { webServer } from '../lab/stand-in/web-server.ts';
import { webhookServer } from '../lab/stand-in/webhook-server.ts';

/** The stand-in's API in this process, on the loopback device: no Docker, no Coreapps but those it invents. */
export type StandInApi = {
  readonly url: string;
  readonly webhookUrl: string;
  readonly caFile: string;
  /** SHA-256 of its good certificate, hex in lower case. */
  readonly fingerprint: string;
  readonly login: { readonly user: string; readonly password: string };
  readonly apiKey: string;
  /** Sets these faults, and no others, at once; throws for those that are not faults of the API. */
  readonly fault: (...faults: readonly FaultSpec[]) => void;
  /** Changes its behaviour as no fault of the table does. */
  readonly behave: (change: Partial<Behaviour>) => void;
  readonly calls: () => readonly Call[];
  readonly forgetCalls: () => void;
  readonly stop: () => Promise<void>;
};

// Environment that a Coreapp tells in its support node: the vendor's names, and secrets that must not get any further.
const ENV = [
  ...['WA_DB_ENGINE=PGSQL', 'WA_DB_HOSTNAME=db', 'WA_DB_PORT=3306', 'WA_DB_USERNAME=wa', 'WA_DB_PASSWORD=canary-5d1c'],
  `WA_SECRET=${SECRETS.shared}`,
];

const invented = async ({ nodes }: Deployment): Promise<readonly Seen[]> =>
  nodes.map((node) => ({ node, facts: { env: ENV, freeBytes: FREE_BYTES }, fault: null }));

/** Starts it, with a webhook beside it. Needs openssl (test/support/certificates.ts). */
export const startStandInApi = async (topology: Topology = 'single'): Promise<StandInApi> => {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-api-'));
  const { shown, caFile, fingerprint } = labCertificates(folder, []);
  let behaviour = HEALTHY;
  let deployment = deploymentOf(topology, '');
  const calls: Call[] = [];
  const control: Control = {
    behaviour: () => behaviour,
    deployment: () => deployment,
    certificates: () => shown,
    record: (call) => calls.push(call),
    taken: () => undefined,
    ready: () => undefined,
  };
  const webhook = await webhookServer('127.0.0.1', 0, control);
  deployment = { ...deployment, webhookUrl: `https://127.0.0.1:${webhook.port}/hook` };
  const server = await webServer({ host: '127.0.0.1', port: 0 }, control, invented, () => undefined);
  const behave = (change: Partial<Behaviour>) => {
    behaviour = { ...HEALTHY, ...change, revision: behaviour.revision + 1 };
  };
  return {
    url: `https://127.0.0.1:${server.port}`,
    webhookUrl: deployment.webhookUrl,
    ...{ caFile, fingerprint, login: ADMIN, apiKey: SECRETS.apiKey, behave },
    fault: (...specs) =>
      behave(
        faultsOf(specs, topology)
          .map((one) => one.behaviour ?? {})
          .reduce(merged, {}),
      ),
    calls: () => [...calls],
    forgetCalls: () => calls.splice(0),
    stop: async () => {
      await Promise.all([server.close(), webhook.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
