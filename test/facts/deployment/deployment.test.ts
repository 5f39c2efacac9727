import { describe, expect, it } from 'vitest';
import { Unasked } from '../../../src/check.ts';
import {
  clientsIn,
  deploymentOf,
  isSet,
  NO_CLIENT,
  runningOf,
  variableOf,
} from '../../../src/facts/deployment/deployment.ts';
import { topologyOf } from '../../../src/facts/deployment/topology.ts';
import type { DeployedContainer, Deployment } from '../../../src/host/answers/deployment.ts';
import { replayed } from '../../../src/host/evidence.ts';
import { hostOf } from '../../../src/host/host.ts';
import { boringWith, hostNamed } from '../../support/hosts.ts';

const hostWith = (evidence: Parameters<typeof replayed>[0]) =>
  hostOf(replayed(evidence), { signal: new AbortController().signal, progress: () => {} });
const installed = () => deploymentOf(hostWith(hostNamed('installed')));
const wordsOf = async (evidence: Parameters<typeof replayed>[0]): Promise<string> => {
  const error = await deploymentOf(hostWith(evidence)).catch((thrown: unknown) => thrown);
  return error instanceof Unasked ? `${error.finding.outcome}: ${error.finding.message}` : String(error);
};

describe('a check that wants a deployment', () => {
  it('has it where there is one', async () => {
    expect((await installed()).containers).toHaveLength(2);
  });
  it('is skipped where none was found, where no Engine answers, and where it was not shown', async () => {
    expect(await wordsOf(hostNamed('boring'))).toBe(
      'skip: There is no deployment to look at: no container of the client was found.',
    );
    const nothing = (why: string, state = 'reachable') =>
      boringWith({
        'docker "deployment"': { value: { nothing: why } },
        'docker "engine"': { value: { state } },
      });
    expect(await wordsOf(nothing('the Docker Engine at x gave no answer (denied): y', 'denied'))).toBe(
      'skip: There is no deployment to look at: see docker.engine.',
    );
    expect(await wordsOf(nothing('the Docker Engine answered /containers/json with 403'))).toBe(
      'skip: The deployment could not be looked at: the Docker Engine answered /containers/json with 403.',
    );
    expect(await wordsOf(nothing(NO_CLIENT, 'silent'))).toContain('no container of the client was found');
  });
});

const withRoles = async (...roles: readonly DeployedContainer['role'][]): Promise<Deployment> => {
  const { containers, ...rest } = await installed();
  const [one] = containers;
  if (!one) throw new Error('the installed host has no container');
  return { ...rest, containers: roles.map((role, at) => ({ ...one, role, name: `${role}-${at}` })) };
};

describe('the containers of a deployment', () => {
  it("are the client's own but for the database, an upgrade and the monitoring", async () => {
    const all = await withRoles('coreapp', 'master', 'webapp', 'database', 'upgrade', 'monitoring');
    expect(clientsIn(all).map(({ role }) => role)).toEqual(['coreapp', 'master', 'webapp']);
  });
  it('run by their state, and always in a file', async () => {
    const { containers } = await withRoles('coreapp', 'webapp', 'master');
    const [a, b, c] = containers as [DeployedContainer, DeployedContainer, DeployedContainer];
    const exited = { ...b, state: b.state && { ...b.state, status: 'exited' } };
    expect(runningOf({ containers: [a, exited, { ...c, state: null }] })).toHaveLength(2);
  });
  it('are multiconnect with a master, or by WA_APP_MULTICONNECT', async () => {
    expect(topologyOf(await installed())).toBe('single');
    expect(topologyOf(await withRoles('coreapp', 'master', 'webapp'))).toBe('multiconnect');
    const { containers } = await installed();
    const asked = (value: string) => ({
      containers: containers.map((one) => ({
        ...one,
        variables: [{ name: 'WA_APP_MULTICONNECT', value, secret: null }],
      })),
    });
    expect(topologyOf(asked('1'))).toBe('multiconnect');
    expect(topologyOf(asked('0'))).toBe('single');
  });
});

describe('a variable', () => {
  const one = async (variables: DeployedContainer['variables']): Promise<DeployedContainer> => {
    const [first] = (await installed()).containers;
    if (!first) throw new Error('the installed host has no container');
    return { ...first, variables };
  };
  it('is told by its value, and set when it is not empty', async () => {
    const container = await one([
      { name: 'WA_DB_HOSTNAME', value: 'db', secret: null },
      { name: 'WACORE_HOSTNAME', value: '', secret: null },
      { name: 'WA_SECRET', value: null, secret: { length: 3, group: 1, sample: false } },
      { name: 'WA_API_KEY', value: null, secret: { length: 0, group: 1, sample: false } },
      { name: 'UNKNOWN', value: null, secret: null },
    ]);
    const names = ['WA_DB_HOSTNAME', 'WACORE_HOSTNAME', 'WA_SECRET', 'WA_API_KEY', 'UNKNOWN', 'ABSENT'];
    expect(names.map((name) => variableOf(container, name))).toEqual(['db', '', null, null, null, null]);
    expect(names.map((name) => isSet(container, name))).toEqual([true, false, true, false, true, false]);
  });
});
