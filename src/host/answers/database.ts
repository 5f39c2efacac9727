import * as z from 'zod/mini';
import { ENGINES, TLS_MODES } from '../login.ts';
import { distribution, rounds } from './latency.ts';
import { type Answers, count, maybe, ms, text } from './shapes.ts';

const engine = z.enum(ENGINES);

/** One place of the login chain, in its order. */
const place = z.object({
  /** As people know it: "--db-env-file", "WA_DB_* variables", "~/.pgpass", "container wacore"... */
  place: text,
  state: z.enum(['used', 'not-given', 'not-found', 'incomplete', 'unreadable', 'not-needed']),
  /** What was found or is missing; names of variables, never values. */
  detail: maybe(text),
});

/** The kinds of trap in a password: characters of the vendor's list, what env files read in two ways, sample passwords. */
export const PASSWORD_TRAPS = [
  'empty',
  'vendor-unsafe',
  'hash',
  'dollar',
  'quote',
  'space',
  'backslash',
  'non-ascii',
  'sample',
] as const;

/** The login in use, without its secrets. */
const found = z.object({
  /** The place it came from, as in `places`. */
  from: text,
  engine,
  host: text,
  port: count,
  socket: maybe(text),
  user: text,
  hasPassword: z.boolean(),
  database: maybe(text),
  prefix: text,
  idleTimeoutMs: maybe(count),
  tls: z.object({
    mode: z.enum(TLS_MODES),
    /** What asked for that mode: "--db-tls", "WA_DB_SSL_CA", "the default"... */
    from: text,
    ca: maybe(text),
    certificate: maybe(text),
    /** TLS files that were named and cannot be read here, with the reason. */
    missing: z.array(text),
  }),
  /** What kinds of trap the password holds; never which characters. */
  passwordTraps: z.array(z.enum(PASSWORD_TRAPS)),
  /** A file of the login that others may read: its path and mode, such as "db.env (0644)". */
  readableByOthers: z.array(text),
});

/** How far a connection came. */
export const STEPS = ['dns', 'tcp', 'tls', 'login', 'query'] as const;
export type ConnectStep = (typeof STEPS)[number];

const session = z.object({
  protocol: text,
  cipher: text,
  /** The certificate was verified, name and chain, and found good; null where it was not asked to be. */
  verified: maybe(z.boolean()),
  /** Why the certificate would not verify (also where that was not asked), null where it would. */
  fault: maybe(text),
  subject: maybe(text),
  issuer: maybe(text),
  /** RFC 3339. */
  validTo: maybe(text),
});

const failure = z.object({
  step: z.enum(STEPS),
  kind: z.enum([
    'no-such-host',
    'refused',
    'unreachable',
    'no-answer',
    'closed',
    'not-this-engine',
    'protocol',
    'too-much',
    'tls-not-offered',
    'tls-untrusted',
    'tls-failed',
    'tls-required',
    'denied',
    'auth-plugin',
    'cleartext-refused',
    'no-such-database',
    'too-many-connections',
    'blocked',
    'starting',
    'other',
  ]),
  /** The server's or the system's own words. */
  message: text,
  /** Its code: "ECONNREFUSED", "28P01", "ER_ACCESS_DENIED_ERROR"... */
  code: maybe(text),
});

/** What `database(topic)` answers. */
export const database = {
  /** Where a login was looked for, and which one is in use. Never throws for a login that is not there. */
  login: z.object({
    places: z.array(place),
    found: maybe(found),
    /** A running client container and the names of `WA_DB_*` variables whose values there differ from the login in use. */
    client: maybe(z.object({ container: text, differs: z.array(text) })),
    /** What the operator stated: `--db-backup-taken`. */
    backupTaken: z.boolean(),
  }),
  /** One connection, step by step. Never throws for a server that does not answer or refuses. */
  connect: z.object({
    /** "db-1:3306", or the socket's path. */
    target: text,
    /** What the name resolved to, or the address that was given. */
    addresses: z.array(text),
    /** The one that was connected to. */
    address: maybe(text),
    /** Where the name was resolved: here, or in the network of a client container where it does not resolve here. */
    via: z.enum(['host', 'client-network']),
    /** The steps that were passed, in their order. */
    steps: z.array(z.object({ step: z.enum(STEPS), ms })),
    failed: maybe(failure),
    /** Null: not encrypted. */
    tls: maybe(session),
    /** Whether the server offers TLS; null where that was not learnt. */
    tlsOffered: maybe(z.boolean()),
    /** How the server asked to be convinced: "caching_sha2_password", "scram-sha-256", "md5"... */
    authentication: maybe(text),
  }),
  /** The same name and port from a client container's network. */
  'client-network': z.object({
    /** Why it was not asked; null when it was. */
    skipped: maybe(text),
    container: maybe(text),
    addresses: z.array(text),
    steps: z.array(z.object({ step: z.enum(STEPS), ms })),
    failed: maybe(failure),
  }),
  /** What the server says of itself. Tables hold the listed names only, and only those that exist. */
  server: z.object({
    engine,
    /** `version()`. */
    version: text,
    /** `@@version_comment`; null on PostgreSQL. */
    comment: maybe(text),
    /** Functions, tables and settings that only a certain product has: "aurora_version()", "tidb_version()"... */
    signs: z.array(text),
    /**
     * What is judged of MySQL: max_connections, max_user_connections, wait_timeout, max_allowed_packet, read_only,
     * super_read_only, innodb_read_only, query_cache_type, query_cache_size, character_set_server, and utf8mb4 ("yes", "no");
     * of PostgreSQL: max_connections, reserved_connections, superuser_reserved_connections, role_connection_limit,
     * database_connection_limit, server_encoding, template1_encoding, default_transaction_read_only, in_recovery.
     */
    variables: z.record(z.string(), text),
    /** What is judged of MySQL: Threads_connected, replica ("yes", "no"); of PostgreSQL: connections. */
    status: z.record(z.string(), text),
  }),
  /** What this user may do. */
  rights: z.discriminatedUnion('engine', [
    z.object({
      engine: z.literal('mysql'),
      currentUser: text,
      /** `SHOW GRANTS`, a line each, passwords cut off; and of the roles that are active in this session. */
      grants: z.array(text),
      /** `CURRENT_ROLE()`: roles that are active; null where there are no roles. */
      activeRoles: maybe(z.array(text)),
      /** Databases whose name begins with the prefix; empty where the prefix is empty. */
      databases: z.array(text),
      /** The user's authentication plugin; null where it may not be read. */
      plugin: maybe(text),
      partialRevokes: z.boolean(),
      lowerCaseTableNames: maybe(text),
      /** There were more rows than are read. */
      cut: z.boolean(),
    }),
    z.object({
      engine: z.literal('postgresql'),
      currentUser: text,
      superuser: z.boolean(),
      createDatabase: z.boolean(),
      /** Roles that would give more after SET ROLE: name, and whether it may create databases or is a superuser. */
      roles: z.array(z.object({ name: text, createDatabase: z.boolean(), superuser: z.boolean() })),
      /** Databases whose name begins with the prefix (all that are no templates, where it is empty). */
      databases: z.array(z.object({ name: text, owner: z.boolean(), connect: z.boolean(), create: z.boolean() })),
      cut: z.boolean(),
    }),
  ]),
  /** Estimated rows of tables named messages and media, from the catalogue, never counted. */
  size: z.object({
    tables: z.array(z.object({ database: text, table: text, rows: count })),
    cut: z.boolean(),
  }),
  /** Round trips of a query on one open connection. */
  latency: z.object({
    method: text,
    encrypted: z.boolean(),
    stoppedEarly: z.boolean(),
    latency: rounds,
    /** The smallest exchange that the protocol knows, on the same connection in the same time: no query in it. */
    wire: distribution,
    /** TCP connects to the same address, ms each. */
    tcp: z.array(ms),
    /** An echo within this machine in the same time: what the tool and the machine themselves add. */
    echo: distribution,
  }),
  /** Commits of one row in a temporary table. */
  'commit-latency': z.object({ method: text, stoppedEarly: z.boolean(), latency: rounds }),
};

export type DatabaseAnswers = Answers<typeof database>;
export type FoundLogin = z.infer<typeof found>;
export type LoginPlace = z.infer<typeof place>;
export type PasswordTrap = (typeof PASSWORD_TRAPS)[number];
export type ConnectFailure = z.infer<typeof failure>;
