import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseAnswers } from '../../../../src/host/answers/database.ts';
import {
  addNetwork,
  COREAPP,
  demand,
  loadImages,
  noCompiler,
  OTHER,
  removeContainers,
  runContainer,
} from '../../../support/containers.ts';
import { type Dockerd, noDockerNetworks, startDockerd } from '../../../support/dockerd.ts';
import { ranIn, runIn } from '../../../support/network.ts';

const missing = noDockerNetworks() ?? noCompiler();

const from = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
/** Connects as on the Engine's own host, which is a network namespace of its own, and tells what address is used from then on. */
const SCRIPT = `
  const { accessOf } = await import(${from('../../../../src/host/live/database/access.ts')});
  const { connect } = await import(${from('../../../../src/host/live/database/connect.ts')});
  const { dockerAccess } = await import(${from('../../../../src/host/live/docker/access.ts')});
  const { loginTo } = await import(${from('./login-to.ts')});
  const [host, port, address] = process.argv.slice(1);
  const access = accessOf(async () => loginTo(host, { port: Number(port) }), dockerAccess());
  access.address = address ?? null;
  const answer = await connect({ signal: new AbortController().signal, progress: () => {} }, access);
  console.log(JSON.stringify({ answer, address: access.address }));`;

type Told = { readonly answer: DatabaseAnswers['connect']; readonly address: string | null };

describe.skipIf(missing)(
  `a database that only the client's network knows by name (${missing ?? 'real dockerd'})`,
  () => {
    let dockerd: Dockerd;
    beforeAll(async () => {
      dockerd = await startDockerd(null, { networks: true });
      await loadImages(dockerd);
      await addNetwork(dockerd, 'installation_default', '172.30.8.0/24');
      await runContainer(dockerd, 'db', { image: OTHER, network: 'installation_default', port: 3306 });
      await runContainer(dockerd, 'wacore', { image: COREAPP, network: 'installation_default', dns: ['172.30.8.1'] });
    }, 60_000);
    afterAll(async () => {
      await removeContainers(dockerd, 'db', 'wacore');
      await dockerd.stop();
    }, 60_000);

    const connected = async (...args: readonly string[]): Promise<Told> => {
      const all = ['--input-type=module', '-e', SCRIPT, ...args];
      const { stdout, stderr } = await ranIn(dockerd.pid, process.execPath, all, { DOCKER_HOST: dockerd.host });
      expect(stderr).toBe('');
      return JSON.parse(stdout) as Told;
    };
    const steps = ({ answer }: Told) => answer.steps.map(({ step }) => step);

    it('is connected to at the address that it has there', async () => {
      const told = await connected('db', '3306');
      expect(told.answer).toMatchObject({
        target: 'db:3306',
        via: 'client-network',
        addresses: ['172.30.8.2'],
        address: '172.30.8.2',
        // What listens there closes each connection without a word.
        failed: { step: 'login', kind: 'closed' },
      });
      expect(steps(told)).toEqual(['dns', 'tcp']);
      expect(told.address).toBe('172.30.8.2');
    });
    it('is told of as far as it was come to, where it takes no connection, and its address is not used again', async () => {
      const told = await connected('db', '1');
      expect(told.answer).toMatchObject({
        via: 'client-network',
        addresses: ['172.30.8.2'],
        address: null,
        failed: { step: 'tcp', kind: 'refused' },
      });
      expect(steps(told)).toEqual(['dns']);
      expect(told.address).toBeNull();
    });
    it('has no address where its name is not known there either: the answer of this host stays', async () => {
      const server = await runIn(dockerd.pid, 'name-server', '172.30.8.1', '{}');
      try {
        const told = await connected('elsewhere', '3306');
        expect(told.answer).toMatchObject({
          via: 'host',
          addresses: [],
          failed: { step: 'dns', kind: 'no-such-host' },
        });
        expect(told).toMatchObject({ address: null, answer: { steps: [] } });
      } finally {
        await server.stop();
      }
    });
    it('is not looked for there where its name resolves here, nor at an address of an earlier run', async () => {
      const told = await connected('172.30.8.2', '3306', '172.30.8.99');
      expect(told.answer).toMatchObject({ via: 'host', address: '172.30.8.2', failed: { step: 'login' } });
      expect(told.address).toBeNull();
      expect((await connected('localhost', '1')).answer).toMatchObject({ via: 'host', failed: { step: 'tcp' } });
    });
    it('is not found where no client runs', async () => {
      await demand(dockerd, { method: 'POST', path: '/containers/wacore/kill' });
      const told = await connected('db', '3306');
      expect(told.answer).toMatchObject({ via: 'host', failed: { step: 'dns', kind: 'no-such-host' } });
    });
  },
);
