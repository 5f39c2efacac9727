import { type Fault, firstCoreapp } from '../fault.ts';

// Faults of the client's health, and of the nodes of a cluster.

const CLUSTERS = ['ha', 'multiconnect'] as const;
const minutes = (value: string): string => new Date(Date.now() + Number(value) * 60_000).toISOString();

export const healthFaults: readonly Fault[] = [
  {
    name: 'error',
    does: 'A node answers an error: CODE, or CODE@NODE with a node such as support or settings/application.',
    value: { means: 'CODE[@NODE]', usual: '1014@health' },
    behaviour: (value) => {
      const [code = '', node = 'health'] = value.split('@');
      return { errors: { [node]: Number(code) } };
    },
    finds: [{ check: 'api.health', outcome: 'fail', says: /1014/ }],
    follows: ['api.*', 'webhook.*'],
  },
  {
    name: 'not-ready',
    does: 'Service not ready (1011) for some minutes. Normal for 6 minutes after a start: only later is it a fault.',
    value: { means: 'minutes', usual: '6' },
    behaviour: (value) => ({ notReadyUntil: minutes(value), socket: 'UP receiving offline' }),
    finds: [],
    follows: ['api.*', 'webhook.delivery'],
  },
  {
    name: 'connecting',
    does: 'The gateway is connecting. Normal for 6 minutes after a start.',
    behaviour: () => ({ gateway: 'connecting' }),
    finds: [],
    follows: ['api.ready', 'api.support', 'api.templates'],
  },
  {
    name: 'receiving-offline',
    does: 'The client takes offline messages ("UP receiving offline"). Normal for 6 minutes after a start.',
    behaviour: () => ({ socket: 'UP receiving offline' }),
    finds: [],
    follows: ['api.ready', 'api.support', 'api.templates'],
  },
  {
    name: 'flapping',
    does: 'The gateway goes to and fro between connected and connecting: for `wa-preflight wait`, one run cannot see it.',
    behaviour: () => ({ gateway: 'flapping' }),
    finds: [],
    follows: ['api.ready', 'api.support', 'api.health', 'api.templates'],
  },
  {
    name: 'disconnected',
    does: 'The gateway is disconnected where it should be connected.',
    behaviour: () => ({ gateway: 'disconnected' }),
    finds: [{ check: 'api.health', outcome: 'fail', says: /connected/ }],
    follows: ['api.support', 'api.ready', 'api.templates'],
  },
  {
    name: 'uninitialized',
    does: 'The schema is being created.',
    behaviour: () => ({ gateway: 'uninitialized' }),
    finds: [{ check: 'api.health', outcome: 'warn', says: /uninitialized/ }],
    follows: ['api.support', 'api.ready', 'api.templates'],
  },
  {
    name: 'unregistered',
    does: 'No phone number is registered.',
    behaviour: () => ({ gateway: 'unregistered' }),
    finds: [{ check: 'api.health', outcome: 'fail', says: /unregistered/ }],
    follows: ['api.support', 'api.ready', 'api.profile', 'api.templates'],
  },
  {
    name: 'node-down',
    does: 'Webapp says of one node that it cannot reach it (1014); the last Coreapp of a cluster, or the one that is named.',
    value: { means: 'SERVICE', usual: '' },
    topologies: CLUSTERS,
    behaviour: (value, place) => ({
      unreachable: [value || (place.topology === 'ha' ? 'wacore2' : 'wacore3')],
    }),
    finds: [{ check: 'api.health', outcome: 'warn', says: /a spare covers it/ }],
    follows: ['api.support', 'api.stats', 'api.ready'],
  },
  {
    name: 'two-connected',
    does: 'One Coreapp more is connected than may be.',
    topologies: CLUSTERS,
    behaviour: () => ({ extraConnected: 1 }),
    finds: [{ check: 'api.health', outcome: 'fail' }],
    follows: ['api.ready', 'api.support', 'api.templates'],
  },
  {
    name: 'shard-unowned',
    does: 'Nobody owns the last shard.',
    topologies: CLUSTERS,
    behaviour: () => ({ extraConnected: -1 }),
    finds: [{ check: 'api.health', outcome: 'fail' }],
    follows: ['api.ready', 'api.support', 'api.templates'],
  },
  {
    name: 'no-primary',
    does: 'No node is the primary master.',
    topologies: ['multiconnect'],
    behaviour: () => ({ noPrimary: true }),
    finds: [{ check: 'api.health', outcome: 'fail', says: /primary master/ }],
    follows: ['api.ready', 'api.support', 'api.stats', 'api.templates'],
  },
  {
    name: 'coreapp-hangs',
    does: 'The Coreapp takes what Webapp asks it and answers nothing: 1014 with a timeout.',
    behaviour: (_, place) => ({ processes: { [firstCoreapp(place)]: { hangs: true } } }),
    topologies: ['single'],
    finds: [{ check: 'api.health', outcome: 'fail', says: /1014/ }],
    follows: ['api.*', 'webhook.delivery', 'lifecycle.build'],
    slow: true,
  },
];
