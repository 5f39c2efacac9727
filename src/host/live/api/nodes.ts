import type { ApiCall, ApiNode } from '../../answers/api.ts';

// Every path that this tool calls, and no other: nothing here changes what the client is, or how it is set. Of the calls that
// change something (account, registration, shards, settings, backup, certificates, users, collecting garbage) there is none.

type Call = { readonly method: ApiCall['method']; readonly path: string };

/** Nodes that are read, without effect. `key`: an API key is good for it too. */
export const READ: Readonly<Record<ApiNode | 'stats-db', { readonly path: string; readonly key: boolean }>> = {
  health: { path: '/v1/health', key: true },
  support: { path: '/v1/support', key: false },
  'stats-app': { path: '/v1/stats/app', key: true },
  metrics: { path: '/metrics', key: true },
  'settings-application': { path: '/v1/settings/application', key: false },
  'business-profile': { path: '/v1/settings/business/profile', key: false },
  'profile-about': { path: '/v1/settings/profile/about', key: false },
  shards: { path: '/v1/account/shards', key: false },
  'external-ca': { path: '/v1/certificates/external/ca', key: false },
  'webhooks-ca': { path: '/v1/certificates/webhooks/ca', key: false },
  'stats-db': { path: '/v1/stats/db', key: true },
};

export type ReadNode = keyof typeof READ;

/** All else that is called. A message only goes out with `--send-test-message`. */
export const CALLS = {
  root: { method: 'GET', path: '/' },
  login: { method: 'POST', path: '/v1/users/login' },
  logout: { method: 'POST', path: '/v1/users/logout' },
  message: { method: 'POST', path: '/v1/messages' },
} as const satisfies Readonly<Record<string, Call>>;
