import type { DatabaseEngine, KnownLogin, TlsMode } from '../../login.ts';

/** A file of TLS material as it was named: by which variable or setting, and its path. */
export type NamedFile = { readonly name: string; readonly path: string };

/** What a place says of TLS; `mode` null where it says nothing of it. */
export type TlsWish = {
  readonly mode: TlsMode | null;
  /** What asked for the mode. */
  readonly from: string;
  readonly ca: NamedFile | null;
  readonly certificate: NamedFile | null;
  readonly key: NamedFile | null;
};

/** A login as far as one place, or several that complete each other, know it. Null is unknown. */
export type Draft = {
  readonly engine: DatabaseEngine | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly socket: string | null;
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string | null;
  readonly prefix: string;
  readonly idleTimeoutMs: number | null;
  readonly tls: TlsWish;
  /** What makes it no login, each as a clause: "WA_DB_PASSWORD is missing". */
  readonly lacks: readonly string[];
};

/** https://dev.mysql.com/doc/refman/8.0/en/connecting.html, https://www.postgresql.org/docs/current/libpq-connect.html */
export const PORTS: Readonly<Record<DatabaseEngine, number>> = { mysql: 3306, postgresql: 5432 };

export const NO_TLS_WISH: TlsWish = { mode: null, from: 'the default', ca: null, certificate: null, key: null };

/** The number of a port; null for any other text. */
export const portOf = (text: string): number | null => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
};

/** What a person who is asked need not type again. */
export const knownOf = (draft: Draft, asked: TlsMode | null): KnownLogin => {
  const { engine, host, port, socket, user, database, prefix, idleTimeoutMs } = draft;
  return {
    ...(engine && { engine }),
    ...(host && { host }),
    ...(port && { port }),
    ...(socket && { socket }),
    ...(user && { user }),
    ...(database && { database }),
    ...(prefix && { prefix }),
    ...(idleTimeoutMs !== null && { idleTimeoutMs }),
    tls: { mode: asked ?? draft.tls.mode ?? 'prefer', ca: null, certificate: null, key: null },
  };
};
