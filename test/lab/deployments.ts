import { createHash } from 'node:crypto';
import type { Deployment, Node, Topology } from './stand-in/deployment.ts';

/** The client's version that the stand-in bears: the newest tag of the vendor's files. */
export const VERSION = 'v2.57.2';

/** The administrator of the stand-in: by the rule for passwords, and published here. */
export const ADMIN = { user: 'admin', password: 'Stand-in-2026!' };
/** What the stand-in's Coreapps and Webapp share. Nothing is protected by these. */
export const SECRETS = { shared: 'stand-in-shared-secret-0001', apiKey: 'stand-in-api-key-0001' };

const DAY_MS = 86_400_000;
/** A build lives 180 days. Every real one is past its end: the stand-in's is invented. */
export const expiry = (days = 150): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19);

/** Coreapps and masters of each topology, in the order in which they take over; one Coreapp of a cluster is spare. */
const SERVICES: Readonly<Record<Topology, { readonly shards: number; readonly services: readonly string[] }>> = {
  single: { shards: 1, services: ['wacore'] },
  ha: { shards: 1, services: ['master1', 'master2', 'wacore1', 'wacore2'] },
  multiconnect: { shards: 2, services: ['master1', 'master2', 'wacore1', 'wacore2', 'wacore3'] },
};

export const servicesOf = (topology: Topology): readonly string[] => SERVICES[topology].services;

/** Twelve digits such as Docker gives, for a node that is in no container. */
const inventedId = (service: string): string => createHash('sha256').update(service).digest('hex').slice(0, 12);

/** A deployment as the stand-in is told of it. `ids` are those of the containers, where there are any: no others are told of. */
export const deploymentOf = (
  topology: Topology,
  webhookUrl: string,
  ids: Readonly<Record<string, string>> | null = null,
  database: Deployment['database'] = { engine: 'PGSQL', version: '13.8' },
): Deployment => ({
  ...{ topology, webhookUrl, version: VERSION, expires: expiry(), login: ADMIN, apiKey: SECRETS.apiKey },
  shards: SERVICES[topology].shards,
  database,
  nodes: SERVICES[topology].services
    .filter((service) => ids === null || ids[service] !== undefined)
    .map(
      (service): Node => ({
        service,
        kind: service.startsWith('master') ? 'master' : 'coreapp',
        id: ids?.[service] ?? inventedId(service),
      }),
    ),
  phoneNumber: '15550100042',
});
