import { describe, expect, it } from 'vitest';
import type { GivenApiLogin } from '../../src/host/api-login.ts';
import type { Ask } from '../../src/host/host.ts';
import { accessOf } from '../../src/host/live/database/access.ts';
import { dockerAccess } from '../../src/host/live/docker/access.ts';
import type { KnownLogin, Login } from '../../src/host/login.ts';
import { type ApiLoginFacts, apiLoginFacts, type Person, prompted } from '../../src/host/prompted.ts';

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

const CERTIFICATE = {
  ...{ subject: 'CN=localhost', issuer: 'CN=localhost', validFrom: '', validTo: '', fingerprint: 'AA:BB' },
  ...{ selfSigned: true, names: [], keyBits: 256 },
};
const session = (trusted: boolean) => ({
  ...{
    protocol: 'TLSv1.3',
    cipher: '',
    trusted,
    by: null,
    fault: trusted ? null : 'SELF_SIGNED',
    chain: [CERTIFICATE],
  },
});
const endpoint = (trusted: boolean | null) => ({
  ...{ url: 'https://localhost:9090', from: '--api-url', none: null, others: [], address: null, steps: [] },
  ...{ failed: null, tls: trusted === null ? null : session(trusted) },
});
const loginThat = (state: string, used = false) => ({
  places: [{ place: 'WA_API_KEY', state: used ? 'used' : 'not-given', detail: null }],
  ...{ state, user: null, expiresAt: null, call: null },
});

/** An API in some state, before and after a person gave something, and what they were asked. */
const apiWith = (
  trusted: boolean | null,
  state: string,
  used = false,
  answers: readonly (GivenApiLogin | null)[] = [null],
) => {
  const told: ApiLoginFacts[] = [];
  const questions: string[] = [];
  let given: GivenApiLogin | null = null;
  const ask: Ask = async ([method, topic]) => {
    questions.push(`${method} ${topic}`);
    if (topic === 'endpoint') return endpoint(trusted);
    return given ? loginThat('token', true) : loginThat(state, used);
  };
  const person: Person = {
    database: () => Promise.reject(new Error('nobody asks for the database')),
    api: async (facts) => {
      told.push(facts);
      return answers[told.length - 1] ?? null;
    },
  };
  const ways = {
    database: { chain: () => Promise.reject(new Error('unasked')), give: () => {} },
    api: { give: (one: GivenApiLogin) => (given = one) },
  };
  return { host: prompted(ask, ways, person), told, questions };
};
const GIVEN: GivenApiLogin = { login: { key: 'x' }, trusted: null, url: null };

describe('the login of the API', () => {
  const apiLogin = ['api', 'login'] as const;

  it('is asked of a person where there is none, and asked for once more with what they gave', async () => {
    const { host, told } = apiWith(true, 'no-login', false, [GIVEN]);
    expect(await host(apiLogin, asking)).toMatchObject({ state: 'token' });
    expect(told).toMatchObject([{ url: 'https://localhost:9090', state: 'no-login', found: false, untrusted: null }]);
  });

  it('is asked with the certificate that is not trusted, also where a login or key is there', async () => {
    for (const [state, used] of [
      ['no-login', false],
      ['untrusted', true],
      ['key', true],
    ] as const) {
      const { host, told } = apiWith(false, state, used, [GIVEN]);
      expect(await host(apiLogin, asking)).toMatchObject({ state: 'token' });
      const untrusted = { fingerprint: 'AA:BB', subject: 'CN=localhost', fault: 'SELF_SIGNED' };
      expect(told).toMatchObject([{ found: used, untrusted }]);
    }
  });

  it.each([
    ['that is there', true, 'token', true],
    ['that is an API key', true, 'key', true],
    ['that was refused', true, 'denied', true],
    ['of an API that is not reached', null, 'no-login', false],
    ['of no API', null, 'no-api', false],
  ])('%s is not asked for', async (_, trusted, state, used) => {
    const { host, told } = apiWith(trusted, state, used);
    expect(await host(apiLogin, asking)).toMatchObject({ state });
    expect(told).toEqual([]);
  });

  it('that nobody gives is told as it was, and a login that is there costs no further question', async () => {
    const { host, told } = apiWith(true, 'no-login');
    expect(await host(apiLogin, asking)).toMatchObject({ state: 'no-login' });
    expect(told).toHaveLength(1);
    const { host: well, questions } = apiWith(true, 'token', true);
    await well(apiLogin, asking);
    expect(questions).toEqual(['api login']);
  });

  it('that makes no sense is nothing to ask a person about', () => {
    expect(apiLoginFacts({ state: 'x' }, endpoint(true))).toBe(null);
    expect(apiLoginFacts(loginThat('no-login'), null)).toMatchObject({ url: null, reached: false, untrusted: null });
  });
});

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
