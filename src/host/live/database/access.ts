import type { DatabaseAnswers } from '../../answers/database.ts';
import type { Asking } from '../../host.ts';
import type { GivenLogin, KnownLogin, Login } from '../../login.ts';
import type { DockerAccess } from '../docker/access.ts';

/** What the chain came to: the words for the evidence, and the login itself, which never leaves this process but to its child. */
export type Chain = {
  readonly told: DatabaseAnswers['login'];
  readonly login: Login | null;
  /** What the first place that had a part of a login knows of it; empty where a login was found, or nothing. */
  readonly known: KnownLogin;
  /** Why there is no client container to ask, where the Engine was asked to its end: it need not be asked again. */
  readonly noClient: string | null;
};

/**
 * Looks for a login in all places. `given` is the one that a person typed in: it is meant, so it goes before all that was
 * found. `file` is a file that they named, in place of that of `--db-env-file`.
 */
export type FindLogin = (asking: Asking, given: Login | null, file: string | null) => Promise<Chain>;

/** The way to the database within one run: the login, once found, and the address that its host turned out to have. */
export type DatabaseAccess = {
  /** The Engine, in one of whose containers' networks the database may be looked for. */
  readonly docker: DockerAccess;
  readonly chain: (asking: Asking) => Promise<Chain>;
  /** The login in use; rejects where there is none. */
  readonly login: (asking: Asking) => Promise<Login>;
  /** Takes a login that a person gave, or the file that they named: it is looked for anew. */
  readonly give: (given: GivenLogin) => void;
  /** Forgets what was found, so that the next asking looks anew: files may have changed. */
  readonly renew: () => void;
  /** The one connection that was tried in this run, step by step: a login that failed is not tried again. */
  connection: Promise<DatabaseAnswers['connect']> | null;
  /** The address to connect to in place of the name, found in a client container's network; null: resolve here. */
  address: string | null;
};

export const accessOf = (find: FindLogin, docker: DockerAccess): DatabaseAccess => {
  let given: Login | null = null;
  let file: string | null = null;
  let found: Promise<Chain> | null = null;
  const access: DatabaseAccess = {
    docker,
    chain: (asking) => {
      found ??= find(asking, given, file).catch((error: unknown) => {
        found = null;
        throw error;
      });
      return found;
    },
    login: async (asking) => {
      const { login } = await access.chain(asking);
      if (!login) throw new Error('there is no database login');
      return login;
    },
    give: (one) => {
      given = 'file' in one ? null : one;
      file = 'file' in one ? one.file : file;
      access.address = null;
      access.renew();
    },
    renew: () => {
      found = null;
      access.connection = null;
    },
    connection: null,
    address: null,
  };
  return access;
};
