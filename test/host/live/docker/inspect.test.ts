import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientContainer, containers } from '../../../support/engine-asked.ts';
import { answer, type StandIn, standInEngine } from '../../../support/stand-in-engine.ts';

const signal = () => new AbortController().signal;
const ID = 'c0ffee'.padEnd(64, '0');
const coreapp = { Id: ID, Names: ['/wacore'], Image: 'docker.whatsapp.biz/coreapp:v2.53.1', State: 'running' };
const webapp = { Id: 'web', Names: ['/waweb'], Image: 'docker.whatsapp.biz/web:v2.53.1', State: 'running' };
const inspected = {
  State: { Pid: 4711 },
  Config: { Env: ['WA_DB_HOSTNAME=db', 'WA_DB_PASSWORD=a=b==c d', 'EMPTY=', 'TAKEN_OUT', '=x', 'PATH=/bin'] },
  HostConfig: { NetworkMode: 'installation_default' },
  NetworkSettings: { Networks: { installation_default: { IPAddress: '172.18.0.3', GlobalIPv6Address: '' } } },
};

let standIn: StandIn | null = null;
const asked: string[] = [];
/** A stand-in for an Engine with these containers, which says `body` of any one of them. */
const engineWith = async (list: unknown, body: unknown = inspected, status = 200) => {
  asked.length = 0;
  standIn = await standInEngine(({ url = '' }, response) => {
    asked.push(url);
    if (url === '/version') answer(response, { Version: '24.0.7' });
    else if (url.startsWith('/containers/json')) answer(response, list);
    else answer(response, body, status);
  });
  vi.stubEnv('DOCKER_HOST', standIn.host);
};
afterEach(async () => {
  vi.unstubAllEnvs();
  await standIn?.stop();
  standIn = null;
});

describe('the client container that runs', () => {
  it('is told with its process, its environment and its networks', async () => {
    await engineWith([webapp, coreapp]);
    expect(await clientContainer(signal())).toMatchObject({
      name: 'wacore',
      id: ID,
      product: 'coreapp',
      pid: 4711,
      env: { WA_DB_HOSTNAME: 'db', WA_DB_PASSWORD: 'a=b==c d', EMPTY: '', PATH: '/bin' },
      networkMode: 'installation_default',
      networks: [{ name: 'installation_default', aliases: [], addresses: ['172.18.0.3'] }],
      engine: expect.objectContaining({ local: true, state: 'reachable' }),
    });
    expect(asked.toSorted()).toEqual([
      `/containers/${ID}/json`,
      '/containers/json?all=1',
      '/containers/web/json',
      '/version',
    ]);
  });
  it.each([
    ['the Coreapp before the Webapp', [webapp, coreapp], 'wacore'],
    ['the Webapp where it is alone', [webapp, { ...coreapp, State: 'exited' }], 'waweb'],
    [
      'the same one of several',
      [
        { ...coreapp, Names: ['/b'] },
        { ...coreapp, Names: ['/a'] },
      ],
      'a',
    ],
    ['one without a name by its id', [{ ...coreapp, Names: [] }], 'c0ffee000000'],
  ])('is %s', async (_, list, name) => {
    await engineWith(list);
    expect(await clientContainer(signal())).toMatchObject({ name });
  });
  it.each(['restarting', 'paused', 'created', 'exited'])('is none that is %s', async (State) => {
    await engineWith([
      { ...coreapp, State },
      { ...coreapp, Image: 'nginx' },
    ]);
    expect(await clientContainer(signal())).toBe('no client container runs');
  });
  it('is told of as far as an Engine tells', async () => {
    await engineWith([coreapp], { State: {}, Config: { Env: null } });
    expect(await clientContainer(signal())).toMatchObject({ pid: 0, env: {}, networkMode: '', networks: [] });
  });
  it.each([
    [{ message: 'not allowed' }, 403, 'with 403: not allowed'],
    [{ State: null }, 200, 'with something that makes no sense'],
    ['nonsense', 500, 'with 500: "nonsense"'],
  ])('is none where the Engine says %j of it, and says why', async (body, status, words) => {
    await engineWith([coreapp], body, status);
    expect(await clientContainer(signal())).toBe(`the Docker Engine answered /containers/${ID}/json ${words}`);
  });
  it('is none that is gone by the time it is looked into', async () => {
    await engineWith([coreapp], { message: 'No such container' }, 404);
    expect(await clientContainer(signal())).toBe('no client container runs');
  });
  it('is none where there is no Engine, and rejects only when cancelled', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere.sock');
    expect(await clientContainer(signal())).toMatch(/gave no answer \(absent\)/);
    await expect(clientContainer(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });
});

describe('the addresses of containers in the list', () => {
  it.each([
    [{ Networks: { a: { IPAddress: '172.18.0.3', GlobalIPv6Address: 'fd00::3' } } }, ['172.18.0.3', 'fd00::3']],
    [{ Networks: { a: { IPAddress: '172.18.0.3' }, b: { IPAddress: '172.19.0.3' } } }, ['172.18.0.3', '172.19.0.3']],
    [{ Networks: { host: { IPAddress: '', GlobalIPv6Address: '' } } }, []],
    [{ Networks: { a: null, b: { IPAddress: 7, GlobalIPv6Address: 'fd00::4' } } }, ['fd00::4']],
    [{ Networks: null }, []],
    [undefined, []],
  ])('%j', async (NetworkSettings, addresses) => {
    await engineWith([{ ...coreapp, NetworkSettings }]);
    expect((await containers(signal())).containers[0]?.addresses).toEqual(addresses);
  });
});
