import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/host/host.ts';
import { accessOf } from '../../src/host/live/database/access.ts';
import { dockerAccess } from '../../src/host/live/docker/access.ts';
import type { KnownLogin, Login } from '../../src/host/login.ts';
import { apiLoginFacts, type Person, prompted } from '../../src/host/prompted.ts';

const asking = { signal: new AbortController().signal, progress: () => {} };
const KNOWN: KnownLogin = { engine: 'mysql', host: 'db-1', user: 'wa' };
const TYPED: Login = {
  ...{ engine: 'mysql', host: 'db-1', port: 3306, socket: null, user: 'wa', password: 'typed', database: null },
  ...{ prefix: '', idleTimeoutMs: null, tls: { mode: 'prefer', ca: null, certificate: null, key: null } },
};
const PLACE = { place: '--db-url', state: 'incomplete' as const, detail: null };
const found = ({ engine, host, port, user }: Login) => ({
  ...{ from: 'a prompt', engine, host, port, socket: null, user, hasPassword: true, database: null, prefix: '' },
  ...{ idleTimeoutMs: null, passwordTraps: [], readableByOthers: [] },
  tls: { mode: 'prefer' as const, from: 'the default', ca: null, certificate: null, missing: [] },
});

/** A chain that finds nothing but what a person gave, and a host that asks it. */
const hostWith = (database: Person['database'] | null) => {
  const access = accessOf(
    async (_, login, file) => ({
      told: {
        ...{ places: [PLACE], client: null, backupTaken: false },
        found: login ? found(login) : file === 'whole.env' ? found(TYPED) : null,
      },
      login,
      known: login ? {} : KNOWN,
      noClient: null,
    }),
    dockerAccess(),
  );
  const ask: Ask = async ([, topic]) =>
    topic === 'login' ? (await access.chain(asking)).told : { topic: topic ?? '' };
  const person = database && { database, api: () => Promise.reject(new Error('nobody asks for the API')) };
  return prompted(ask, { database: access, api: { give: () => {} } }, person);
};
const login = ['database', 'login'] as const;

describe('a host that asks a person', () => {
  it('does so where no login was found, with what is known of one', async () => {
    const asked: unknown[] = [];
    const host = hostWith(async ({ places, known }) => {
      asked.push([places, known]);
      return TYPED;
    });
    expect(await host(login, asking)).toMatchObject({ found: { from: 'a prompt' } });
    expect(await host(login, asking)).toMatchObject({ found: { from: 'a prompt' } });
    expect(asked).toEqual([[[PLACE], KNOWN]]);
  });

  it('asks again after a file that holds none, and not after "no login"', async () => {
    const answers = [{ file: 'none.env' }, { file: 'whole.env' }];
    const host = hostWith(async () => answers.shift() ?? null);
    expect(await host(login, asking)).toMatchObject({ found: { host: 'db-1' } });
    expect(await hostWith(async () => null)(login, asking)).toMatchObject({ found: null });
    expect(await hostWith(null)(login, asking)).toMatchObject({ found: null });
  });

  it('asks nobody for any other question, and passes on that the run was stopped', async () => {
    const stopped = hostWith(() => Promise.reject(new Error('cancelled')));
    expect(await stopped(['database', 'size'], asking)).toEqual({ topic: 'size' });
    await expect(stopped(login, asking)).rejects.toThrow('cancelled');
  });
});
