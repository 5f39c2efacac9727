import { expect, it } from 'vitest';
import { askedEndpoint } from '../../../../src/host/live/docker/asked-endpoint.ts';

const asked = (DOCKER_HOST: string, offline?: string) =>
  askedEndpoint({ DOCKER_HOST, DOCKER_CONFIG: '/nonexistent', ...(offline && { WA_PREFLIGHT_OFFLINE: offline }) });

it.each(['tcp://engine.example:2376', 'ssh://kim@engine.example', 'tcp://10.0.0.7:2375'])(
  'offline, %s is not asked',
  async (host) => {
    expect(await asked(host, '1')).toMatchObject({ way: null, unusable: expect.stringContaining('--offline') });
    expect((await asked(host)).way).not.toBeNull();
    expect((await asked(host, '0')).way).not.toBeNull();
  },
);

it.each(['unix:///run/x.sock', 'tcp://127.0.0.1:2375', 'tcp://localhost:2375', 'tcp://[::1]:2375'])(
  'offline, %s is this host and is asked',
  async (host) => {
    expect((await asked(host, '1')).way).not.toBeNull();
  },
);
