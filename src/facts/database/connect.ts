import type { ConnectFailure, ConnectStep } from '../../host/answers/database.ts';
import type { DatabaseEngine, TlsMode } from '../../host/login.ts';
import { alterPlugin, mysqlAccount } from './account.ts';

/** Steps as people call them. */
export const STEP_WORDS: Readonly<Record<ConnectStep, string>> = {
  dns: 'name resolution',
  tcp: 'TCP',
  tls: 'TLS',
  login: 'authentication',
  query: 'the first query',
};

/** What a remedy may name: the target "db-1:3306", the host, the user, and how TLS was asked for. */
export type Attempt = {
  readonly target: string;
  readonly host: string;
  /** What the host's name resolved to; null where it did not. */
  readonly address: string | null;
  readonly port: number;
  readonly user: string;
  readonly database: string | null;
  readonly engine: DatabaseEngine;
  readonly tlsMode: TlsMode;
};

type Remedy = (attempt: Attempt) => string;

/** The first step that mends each kind of failure. */
const REMEDIES: Readonly<Record<ConnectFailure['kind'], Remedy>> = {
  'no-such-host': ({ host }) =>
    host.includes('.')
      ? `Correct the name "${host}", or add it to the name server that this host asks.`
      : `Give a full name or an address: "${host}" alone is known at most to the containers of one compose file.`,
  refused: ({ target }) =>
    `Start the database server, and let it listen at ${target} (bind-address or listen_addresses).`,
  unreachable: ({ host, address }) =>
    `Find out why this host has no route to ${host}${address ? ` (ip route get ${address})` : ''}.`,
  'no-answer': ({ target }) => `Open ${target} for this host in every firewall or security group in between.`,
  closed: ({ target }) =>
    `Look into the server's log: it closed the connection at ${target}, or a proxy in front of it did.`,
  'not-this-engine': ({ target, engine }) =>
    `Correct WA_DB_ENGINE or WA_DB_PORT: what answers at ${target} does not speak ${engine === 'mysql' ? 'MySQL' : 'PostgreSQL'}.`,
  protocol: ({ target }) => `Find out what answers at ${target}: it breaks the rules of the protocol.`,
  'too-much': ({ target }) => `Find out what answers at ${target}: it sends more than any database does.`,
  'tls-not-offered': ({ tlsMode }) =>
    `Turn on TLS at the server${tlsMode === 'off' ? '' : ', or connect without it: --db-tls off'}.`,
  'tls-untrusted': () =>
    "Give the certificate of the server's CA in WA_DB_SSL_CA, and use the name that the server's certificate holds.",
  'tls-failed': () => 'Let server and host agree on a TLS version and a cipher: TLS 1.2 or later at the server.',
  'tls-required': () => 'Let the login use TLS: leave out --db-tls off, and set WA_DB_SSL_CA for the client.',
  denied: ({ user, engine }) =>
    engine === 'mysql'
      ? `Correct user name and password, and let "${user}" log in from this host's address (CREATE USER ${mysqlAccount(user)}).`
      : `Correct user name and password, and let "${user}" log in from this host's address (pg_hba.conf).`,
  'auth-plugin': ({ user, engine }) =>
    engine === 'mysql'
      ? `Let "${user}" log in as the vendor's files do (${alterPlugin(user)}).`
      : `Let "${user}" log in by scram-sha-256 or md5 (pg_hba.conf).`,
  'cleartext-refused': () => 'Turn on TLS: without it the password would go over the network in clear text.',
  'no-such-database': ({ database }) =>
    `Create database "${database ?? 'postgres'}", or name another one with --db-url.`,
  'too-many-connections': () => 'Raise max_connections at the server, or end connections that nobody uses.',
  blocked: () => 'Unblock this host at the server: mysqladmin flush-hosts, or max_connect_errors.',
  starting: () => 'Wait until the server has started, then run the check again.',
  other: () => "Look up the server's words in its log, mend that, and run the check again.",
};

/** The remedy of a failed connection. */
export const connectRemedy = ({ kind }: Pick<ConnectFailure, 'kind'>, attempt: Attempt): string =>
  REMEDIES[kind](attempt);

/** Where a connection ended, in words: how far it came, and what the server or the system said. */
export const failureWords = ({ step, message, code }: ConnectFailure): string => {
  const said = message.trim();
  return `${STEP_WORDS[step]} failed: ${said || 'without a word'}${code && !said.includes(code) ? ` (${code})` : ''}`;
};
