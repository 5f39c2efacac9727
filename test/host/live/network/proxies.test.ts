import { afterEach, describe, expect, it, vi } from 'vitest';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { proxies, withoutCredentials } from '../../../../src/host/live/network/proxies.ts';
import { answer, standInEngine } from '../../../support/stand-in-engine.ts';
import { tree } from '../../../support/tree.ts';

const signal = new AbortController().signal;
const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];

afterEach(() => vi.unstubAllEnvs());
const alone = (home: Readonly<Record<string, string>> = {}) => {
  for (const name of VARIABLES) for (const one of [name, name.toLowerCase()]) vi.stubEnv(one, undefined);
  vi.stubEnv('DOCKER_CONFIG', tree({ 'empty/x': '', ...home }));
  vi.stubEnv('DOCKER_HOST', 'unix:///nonexistent/docker.sock');
};

describe('a proxy without its credentials', () => {
  it.each([
    ['http://proxy.internal:3128', 'http://proxy.internal:3128'],
    ['http://user:canary@proxy.internal:3128/', 'http://proxy.internal:3128'],
    ['user:canary@proxy.internal:3128', 'proxy.internal:3128'],
    ['http://user:can@ary@proxy.internal', 'http://proxy.internal'],
    ['http://user:can/ary@proxy.internal:3128/path?x=canary', 'http://proxy.internal:3128'],
    ['http://us,er:can,ary@proxy.internal', 'http://proxy.internal'],
    ['http://user:can\nary@proxy.internal', 'http://proxy.internal'],
    ['socks5h://proxy.internal:1080', 'socks5h://proxy.internal:1080'],
    ['http://[2001:db8::1]:3128', 'http://[2001:db8::1]:3128'],
    ['proxy#canary', 'proxy'],
    ['http://', 'http://'],
    [`http://${'x'.repeat(500)}`, `http://${'x'.repeat(193)}`],
  ])('%j', (proxy, told) => expect(withoutCredentials(proxy)).toBe(told));
});

describe('the proxies that are set', () => {
  it('are none where none is', async () => {
    alone();
    expect(await proxies(dockerAccess(), signal)).toEqual({ settings: [] });
  });
  it('are those of this process, in both cases, each value once', async () => {
    alone();
    vi.stubEnv('HTTPS_PROXY', 'http://u:canary@one:3128');
    vi.stubEnv('https_proxy', 'http://u:canary@one:3128');
    vi.stubEnv('HTTP_PROXY', 'http://one:3128');
    vi.stubEnv('http_proxy', 'http://two:3128');
    vi.stubEnv('no_proxy', 'localhost, .internal,user:canary@x');
    const where = 'this process';
    expect((await proxies(dockerAccess(), signal)).settings).toEqual([
      { where, name: 'HTTP_PROXY', value: 'http://one:3128' },
      { where, name: 'http_proxy', value: 'http://two:3128' },
      { where, name: 'HTTPS_PROXY', value: 'http://one:3128' },
      { where, name: 'no_proxy', value: 'localhost,.internal,x' },
    ]);
  });
  it("are those of Docker's client, as it gives them to containers", async () => {
    const config = {
      proxies: { default: { httpsProxy: 'http://u:canary@one:3128', noProxy: 'a,b' }, 'tcp://x:1': {} },
    };
    alone({ 'config.json': JSON.stringify(config) });
    const where = "Docker's client configuration (default)";
    expect((await proxies(dockerAccess(), signal)).settings).toEqual([
      { where, name: 'HTTPS_PROXY', value: 'http://one:3128' },
      { where, name: 'NO_PROXY', value: 'a,b' },
    ]);
  });
  it.each(['{', '[]', '{"proxies":7}', '{"proxies":{"default":7}}'])(
    'are none in a configuration of %j',
    async (text) => {
      alone({ 'config.json': text });
      expect(await proxies(dockerAccess(), signal)).toEqual({ settings: [] });
    },
  );
  it("are those of the Engine and of the client's containers, where it tells", async () => {
    alone();
    const id = 'a1'.repeat(32);
    const Env = ['HTTPS_PROXY=http://u:canary@two:3128', 'WA_DB_PASSWORD=canary', 'PATH=/bin'];
    const listed = {
      Id: id,
      Names: ['/wacore'],
      Image: 'docker.whatsapp.biz/coreapp:v2.57.2',
      State: 'running',
      Command: 'x',
    };
    const engine = await standInEngine((asked, response) => {
      if (asked.url === '/version') answer(response, { Version: '24.0.7' });
      else if (asked.url === '/info')
        answer(response, { ServerVersion: '24.0.7', HttpProxy: 'http://xxxxx:xxxxx@one:3128', NoProxy: '' });
      else if (asked.url?.startsWith('/containers/json')) answer(response, [listed]);
      else
        answer(response, {
          Id: id,
          Name: '/wacore',
          State: { Running: true, Status: 'running', Pid: 1 },
          Config: { Env },
        });
    });
    try {
      vi.stubEnv('DOCKER_HOST', engine.host);
      const { settings } = await proxies(dockerAccess(), signal);
      expect(settings).toEqual([
        { where: 'the Docker Engine', name: 'HTTP_PROXY', value: 'http://one:3128' },
        { where: 'container wacore', name: 'HTTPS_PROXY', value: 'http://two:3128' },
      ]);
    } finally {
      await engine.stop();
    }
  });
});
