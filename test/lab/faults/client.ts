import { expiry } from '../deployments.ts';
import type { Fault } from '../fault.ts';

// Faults of what else the client says of itself: its build, its figures, its settings and its webhook.

/** The webhook is beyond this host as a rule; other things that are stay out. */
const ONLINE = ['--online', '--skip', 'network.*'];
const POSTING = [...ONLINE, '--test-webhook'];

export const clientFaults: readonly Fault[] = [
  {
    name: 'build-expired',
    does: 'The build says that it stopped working, so many days ago.',
    value: { means: 'days', usual: '30' },
    behaviour: (value) => ({ expires: expiry(-Number(value)) }),
    finds: [{ check: 'lifecycle.build', outcome: 'fail' }],
    follows: ['api.ready', 'api.support', 'api.templates'],
  },
  {
    name: 'build-expiring',
    does: 'The build says that it stops working in so many days.',
    value: { means: 'days', usual: '12' },
    behaviour: (value) => ({ expires: expiry(Number(value)) }),
    finds: [{ check: 'lifecycle.build', outcome: 'warn' }],
  },
  {
    name: 'disk-full',
    does: 'The client tells of so many bytes free on its disks.',
    value: { means: 'bytes', usual: '300000000' },
    behaviour: (value) => ({ freeBytes: Number(value) }),
    finds: [{ check: 'api.support', outcome: 'fail', says: /free/ }],
  },
  {
    name: 'queue-full',
    does: 'So many callbacks wait.',
    value: { means: 'callbacks', usual: '100000' },
    behaviour: (value) => ({ callbackQueue: Number(value) }),
    finds: [{ check: 'api.stats', outcome: 'fail', says: /100.?000/ }],
    follows: ['webhook.delivery'],
  },
  {
    name: 'sql-errors',
    does: 'Such a share of all calls to the database fails, percent.',
    value: { means: '%', usual: '5' },
    behaviour: (value) => ({ sqlErrors: Number(value) / 100 }),
    finds: [{ check: 'api.stats', outcome: 'fail', says: /SQL|database/ }],
  },
  {
    name: 'callbacks-failing',
    does: 'Such a share of all callbacks fails, percent.',
    value: { means: '%', usual: '30' },
    behaviour: (value) => ({ callbackFailures: Number(value) / 100 }),
    finds: [{ check: 'webhook.delivery', outcome: 'fail' }],
    follows: ['api.stats'],
  },
  {
    name: 'webhook-unset',
    does: 'No webhook is configured.',
    behaviour: () => ({ webhookUrl: null }),
    finds: [{ check: 'webhook.configured', outcome: 'fail' }],
    follows: ['webhook.*', 'api.settings'],
  },
  {
    name: 'webhook-http',
    does: 'The webhook is configured without TLS.',
    behaviour: () => ({ webhookUrl: 'http://127.0.0.1:9/hook' }),
    finds: [{ check: 'webhook.configured', outcome: 'fail', says: /http/ }],
    follows: ['webhook.*', 'api.settings'],
  },
  {
    name: 'webhook-silent',
    does: 'The webhook takes connections and says nothing, not even in TLS.',
    behaviour: () => ({ webhook: 'silent' }),
    options: ONLINE,
    finds: [{ check: 'webhook.reachable', outcome: 'fail' }],
    follows: ['webhook.certificate'],
    slow: true,
  },
  {
    name: 'webhook-fails',
    does: 'The webhook answers 500.',
    behaviour: () => ({ webhook: 'fails' }),
    options: POSTING,
    finds: [{ check: 'webhook.reachable', outcome: 'fail', says: /500/ }],
  },
  {
    name: 'webhook-slow',
    does: 'The webhook takes 4 s to answer.',
    behaviour: () => ({ webhook: 'slow' }),
    options: POSTING,
    finds: [{ check: 'webhook.reachable', outcome: 'warn' }],
    slow: true,
  },
  {
    name: 'webhook-untrusted',
    does: "The webhook's certificate is signed by itself.",
    behaviour: () => ({ webhook: 'untrusted' }),
    options: ONLINE,
    finds: [{ check: 'webhook.certificate', outcome: 'fail', says: /self-signed|signed by itself/ }],
    follows: ['webhook.reachable'],
  },
  {
    name: 'garbage-collection-off',
    does: 'Old messages are kept for ever.',
    behaviour: () => ({ settings: { garbagecollector_enable: { media: false, messages: false } } }),
    finds: [{ check: 'api.settings', outcome: 'warn', says: /[Gg]arbage/ }],
  },
  {
    name: 'stats-db-slow',
    does: 'stats/db takes so long, as on a large database.',
    value: { means: 'ms', usual: '5500' },
    behaviour: (value) => ({ statsDatabaseMs: Number(value) }),
    options: ['--stats-db'],
    finds: [{ check: 'api.stats-database', outcome: 'warn' }],
    slow: true,
  },
];
