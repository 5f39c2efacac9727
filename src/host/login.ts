// A database login, as it is used: it holds secrets, and so is never an answer, never evidence, never an argument of a program.

export const ENGINES = ['mysql', 'postgresql'] as const;
export type DatabaseEngine = (typeof ENGINES)[number];

/** off: never. prefer: when offered, unverified. require: always, unverified. verify: always, with the certificate verified. */
export const TLS_MODES = ['off', 'prefer', 'require', 'verify'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** What was said about the login on the command line; never a password. */
export type LoginOptions = {
  /** `--db-env-file`: the vendor's db.env, or a compose file. */
  readonly envFile: string | null;
  /** `--db-url`, without a password. */
  readonly url: string | null;
  /** `--db-tls`. */
  readonly tls: Exclude<TlsMode, 'prefer'> | null;
  /** `--db-backup-taken`: the operator states that there is a backup. */
  readonly backupTaken: boolean;
};

export type Login = {
  readonly engine: DatabaseEngine;
  /** Name or address; what a certificate is verified against. */
  readonly host: string;
  readonly port: number;
  /** Path of a Unix socket, in place of host and port. */
  readonly socket: string | null;
  readonly user: string;
  readonly password: string;
  /** Database to connect to; null for the engine's own default (PostgreSQL: "postgres"). */
  readonly database: string | null;
  /** `WA_DB_NAME_PREFIX`: begins the name of every database of the client. */
  readonly prefix: string;
  /** `WA_DB_CONNECTION_IDLE_TIMEOUT`, ms. */
  readonly idleTimeoutMs: number | null;
  readonly tls: {
    readonly mode: TlsMode;
    /** PEM texts. */
    readonly ca: string | null;
    readonly certificate: string | null;
    readonly key: string | null;
  };
};

/** What is known of a login that lacks its password, for whoever asks a person: the PEM texts of `tls` stay behind (null). */
export type KnownLogin = Partial<Omit<Login, 'password'>>;

/** What a person gives who is asked for a login: the login, or a file that holds one. */
export type GivenLogin = Login | { readonly file: string };
