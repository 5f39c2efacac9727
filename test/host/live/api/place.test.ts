import { afterEach, describe, expect, it, vi } from 'vitest';
import { findPlace, placeOf } from '../../../../src/host/live/api/place.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import type { ClientContainer } from '../../../../src/host/live/docker/inspected.ts';
import { askedApi } from '../../../support/asked-api.ts';
import { answer, type StandIn, standInEngine } from '../../../support/stand-in-engine.ts';

const ENGINE = { state: 'reachable', local: true } as ClientContainer['engine'];
const PORT = { container: 443, protocol: 'tcp', host: 9090, address: '0.0.0.0' };
const webapp = (name: string, change: Partial<ClientContainer> = {}): ClientContainer =>
  ({
    ...{
      name,
      role: 'webapp',
      running: true,
      engine: ENGINE,
      env: {},
      networkMode: 'bridge',
      networks: [],
      ports: [PORT],
    },
    ...change,
  }) as ClientContainer;

const { signal } = new AbortController();
const found = (...clients: readonly ClientContainer[]) =>
  findPlace({ url: null, from: '--api-url' }, { clients: async () => clients }, signal);

describe('where the API is', () => {
  it.each([
    ['https://web.example:9090', 'https://web.example:9090', 'web.example', 9090],
    ['https://web.example', 'https://web.example:443', 'web.example', 443],
    ['https://[::1]:9090', 'https://[::1]:9090', '::1', 9090],
  ])('as it was given: %s', (given, url, host, port) => {
    expect(placeOf(given, '--api-url')).toEqual({ url, host, port, names: [host], from: '--api-url', others: [] });
  });

  it.each([
    ['on all addresses', {}, 'https://127.0.0.1:9090', ['localhost', '127.0.0.1']],
    ['on all addresses of IPv6', { ports: [{ ...PORT, address: '::' }] }, 'https://[::1]:9090', ['localhost', '::1']],
    [
      'on both kinds',
      { ports: [{ ...PORT, address: '::' }, PORT] },
      'https://127.0.0.1:9090',
      ['localhost', '127.0.0.1'],
    ],
    ['on one address', { ports: [{ ...PORT, address: '192.0.2.7' }] }, 'https://192.0.2.7:9090', ['192.0.2.7']],
    [
      'where the Engine tells no address',
      { ports: [{ ...PORT, address: '' }] },
      'https://127.0.0.1:9090',
      ['localhost', '127.0.0.1'],
    ],
    [
      'with a name of its own',
      { env: { WA_WEB_SERVERNAME: 'wa.example' } },
      'https://127.0.0.1:9090',
      ['wa.example', 'localhost', '127.0.0.1'],
    ],
    [
      'with a name that is none',
      { env: { WA_WEB_SERVERNAME: 'a b\n' } },
      'https://127.0.0.1:9090',
      ['localhost', '127.0.0.1'],
    ],
    [
      'in the network of this host',
      { networkMode: 'host', ports: [] },
      'https://127.0.0.1:443',
      ['localhost', '127.0.0.1'],
    ],
    [
      'published for another protocol only',
      { ports: [{ ...PORT, protocol: 'udp' }], networks: [{ name: 'n', aliases: [], addresses: ['172.18.0.4'] }] },
      'https://172.18.0.4:443',
      ['172.18.0.4'],
    ],
    [
      'not published, at its own address',
      { ports: [], networks: [{ name: 'n', aliases: [], addresses: ['172.18.0.4'] }] },
      'https://172.18.0.4:443',
      ['172.18.0.4'],
    ],
  ])('a Webapp %s', async (_, change, url, names) => {
    expect(await found(webapp('waweb', change as Partial<ClientContainer>))).toMatchObject({
      url,
      names,
      from: 'container waweb',
      others: [],
    });
  });

  it('the first of several that run, by name; the others are told', async () => {
    const all = [
      webapp('web-c'),
      webapp('web-a', { running: false }),
      webapp('web-b'),
      webapp('core', { role: 'coreapp' }),
    ];
    expect(await found(...all)).toMatchObject({ from: 'container web-b', others: ['web-c'] });
  });

  it.each([
    ['none at all', [], 'no Webapp container was found here: give it by --api-url'],
    ['one that does not run', [webapp('waweb', { running: false })], 'the Webapp container waweb does not run'],
    [
      'on another machine',
      [webapp('waweb', { engine: { ...ENGINE, local: false } })],
      'the Webapp container waweb runs on another machine: give it by --api-url',
    ],
    [
      'without a port or an address',
      [webapp('waweb', { ports: [] })],
      'port 443 of the Webapp container waweb is not published: give it by --api-url',
    ],
    [
      'on a port that is not known',
      [webapp('waweb', { ports: [{ ...PORT, host: null }] })],
      'port 443 of the Webapp container waweb is not published: give it by --api-url',
    ],
  ])('nowhere: %s', async (_, all, none) => expect(await found(...all)).toEqual({ none, others: [] }));

  it('nowhere: the Engine does not tell, or is not asked', async () => {
    const clients = () => Promise.reject(new Error('the Engine is silent'));
    expect(await findPlace({ url: null, from: '' }, { clients }, signal)).toMatchObject({
      none: 'no Webapp container was looked for (the Engine is silent): give it by --api-url',
    });
    expect(await findPlace({ url: null, from: '' }, null, signal)).toMatchObject({
      none: 'a Compose file is judged, which runs nothing: give it by --api-url',
    });
  });

  it('what was given goes before all that runs here, and asks no Engine', async () => {
    const clients = () => Promise.reject(new Error('nobody asks'));
    expect(await findPlace({ url: 'https://a:1', from: '--api-url' }, { clients }, signal)).toMatchObject({
      url: 'https://a:1',
    });
  });
});

describe('an API that is nowhere', () => {
  const standIns: StandIn[] = [];
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(standIns.splice(0).map(({ stop }) => stop()));
  });

  it('is no error: the endpoint says why, the login too, and a node says so in a sentence', async () => {
    const engine = await standInEngine((asked, response) =>
      answer(response, asked.url?.includes('version') ? { Version: '24.0.7', ApiVersion: '1.43' } : []),
    );
    standIns.push(engine);
    vi.stubEnv('DOCKER_HOST', engine.host);
    const api = askedApi({ docker: dockerAccess(), environment: { WA_API_KEY: 'k' } });
    const none = 'no Webapp container was found here: give it by --api-url';
    expect(await api.ask('endpoint')).toEqual({
      ...{ url: null, from: null, none, others: [], address: null, steps: [], failed: null, tls: null },
    });
    expect(await api.ask('login')).toMatchObject({ state: 'no-api', call: null });
    for (const topic of ['root', 'plain-http', 'tls-versions'] as const)
      await expect(api.ask(topic)).rejects.toThrow(none);
    await expect(api.ask('health')).rejects.toThrow('health was not asked: there is no API to ask');
    await api.close();
  });
});
