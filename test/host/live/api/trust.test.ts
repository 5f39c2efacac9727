import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, apiServer } from '../../../support/api-server.ts';
import { type AskedApi, askedApi, RIGHT } from '../../../support/asked-api.ts';
import {
  type Certificates,
  certificates,
  noCertificates,
  type ServerCertificate,
} from '../../../support/certificates.ts';
import { titled } from '../../../support/titled.ts';

const no = noCertificates();
const pinOf = ({ certificate }: ServerCertificate): string =>
  new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();

describe.skipIf(no)(titled('whom a certificate of the API is believed for', no), () => {
  const folder = mkdtempSync(join(tmpdir(), 'trust-'));
  const open: { readonly stop: () => Promise<void> }[] = [];
  let made: Certificates;
  beforeAll(() => {
    made = certificates(folder);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ stop }) => stop()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const serving = async (certificate: ServerCertificate): Promise<ApiServer> => {
    const server = await apiServer(certificate);
    open.push(server);
    return server;
  };
  const asking = (server: ApiServer, options: Parameters<typeof askedApi>[0] = {}): AskedApi => {
    const api = askedApi({ url: server.url, environment: RIGHT, ...options });
    open.push({ stop: api.close });
    return api;
  };

  const cases = {
    'one that nobody here knows': [() => made.good, () => ({}), false, null, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    'a self-signed one': [() => made.selfSigned, () => ({}), false, null, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    'with its authority': [
      () => made.good,
      () => ({ ca: made.caFile }),
      true,
      '--api-ca',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    'with its authority, of another name': [
      () => made.wrongName,
      () => ({ ca: made.caFile }),
      false,
      null,
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    'with its authority, expired': [() => made.expired, () => ({ ca: made.caFile }), false, null, 'CERT_HAS_EXPIRED'],
    pinned: [
      () => made.selfSigned,
      () => ({ fingerprint: pinOf(made.selfSigned) }),
      true,
      '--api-fingerprint',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    'pinned, of another name': [
      () => made.wrongName,
      () => ({ fingerprint: pinOf(made.wrongName) }),
      true,
      '--api-fingerprint',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    'another one pinned': [
      () => made.selfSigned,
      () => ({ fingerprint: pinOf(made.good) }),
      false,
      null,
      'PIN_MISMATCH',
    ],
    'another one pinned, and a good authority': [
      () => made.good,
      () => ({ ca: made.caFile, fingerprint: pinOf(made.selfSigned) }),
      false,
      null,
      'PIN_MISMATCH',
    ],
  } as const;

  it.each(Object.entries(cases))('%s', async (_, [shown, options, trusted, by, fault]) => {
    const server = await serving(shown());
    const api = asking(server, options());
    const { tls, failed, address, steps } = await api.ask('endpoint');
    expect(tls).toMatchObject({ trusted, by, fault, protocol: 'TLSv1.3' });
    expect(tls?.chain[0]?.fingerprint.replaceAll(':', '').toLowerCase()).toBe(pinOf(shown()));
    expect([failed, address, steps.map(({ step }) => step)]).toEqual([null, '127.0.0.1', ['tcp', 'tls']]);
    expect(server.calls()).toEqual([]);
    // Nothing is said on what is not trusted, and all of it where it is.
    const login = await api.ask('login');
    expect(login.state).toBe(trusted ? 'token' : 'untrusted');
    expect(server.calls().length).toBe(trusted ? 1 : 0);
    if (!trusted) expect(login.call).toBeNull();
  });

  it('tells the certificate: names, key, times, and whether it signed itself', async () => {
    const server = await serving(made.selfSigned);
    const { tls } = await asking(server).ask('endpoint');
    expect(tls?.chain).toMatchObject([
      { subject: 'CN=localhost', selfSigned: true, names: ['DNS:localhost', 'IP Address:127.0.0.1'], keyBits: 256 },
    ]);
    expect(Date.parse(tls?.chain[0]?.validTo ?? '')).toBeGreaterThan(Date.now());
  });

  it('takes the certificate that a person trusts, for all that follows', async () => {
    const server = await serving(made.selfSigned);
    const api = asking(server);
    expect((await api.ask('login')).state).toBe('untrusted');
    await expect(api.ask('health')).rejects.toThrow(
      "health was not asked: the API's certificate could not be verified",
    );
    api.give({ trusted: pinOf(made.selfSigned) });
    expect((await api.ask('endpoint')).tls).toMatchObject({ trusted: true, by: 'a person' });
    expect((await api.ask('login')).state).toBe('token');
    expect((await api.ask('health')).status).toBe(200);
  });

  it('sends no API key, no default password and no message either, but asks for the head of /', async () => {
    const server = await serving(made.selfSigned);
    const api = asking(server, { environment: { WA_API_KEY: 'canary-key-1234' }, testMessageTo: '15550100077' });
    expect((await api.ask('login')).state).toBe('untrusted');
    await expect(api.ask('health')).rejects.toThrow('could not be verified');
    await expect(api.ask('message')).rejects.toThrow('could not be verified');
    expect((await api.ask('default-admin')).failed).toMatchObject({
      step: 'tls',
      kind: 'untrusted',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      message: 'the certificate could not be verified (it is self-signed), so no credential was sent',
    });
    expect((await api.ask('root')).status).toBe(200);
    expect(server.calls()).toEqual([{ method: 'GET', path: '/', auth: null, body: '' }]);
  });

  it('never takes a connection that was made without a look at its certificate for a credential', async () => {
    const server = await serving(made.good);
    const api = asking(server, { ca: made.caFile });
    await api.ask('root');
    await api.ask('login');
    expect(server.connections()).toBe(2);
  });

  it('rejects with a sentence where the authority cannot be read', async () => {
    const server = await serving(made.good);
    const none = asking(server, { ca: join(folder, 'none.pem') });
    await expect(none.ask('endpoint')).rejects.toThrow(/^--api-ca .*none\.pem: there is no such file$/);
    writeFileSync(join(folder, 'no.pem'), 'hello');
    await expect(asking(server, { ca: join(folder, 'no.pem') }).ask('endpoint')).rejects.toThrow('it is no PEM file');
  });
});
