import * as z from 'zod/mini';
import { defineCheck, pass, unknown } from '../../src/check.ts';
import { elsewhere, plainCoreapps, roleFindings } from '../../src/facts/deployment/coreapps.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { inUse, needsClients, needsContainers } from '../../src/facts/deployment/in-use.ts';
import { ROLE_NAMES, runState, stateFindings } from '../../src/facts/deployment/run-state.ts';
import { duration } from '../../src/units.ts';

const ASKED = new Set(['coreapp', 'master', 'webapp', 'upgrade']);

/** Whether Coreapp, Webapp and masters are there and up, and how one that is not ended. */
export const containersRunning = defineCheck({
  id: 'containers.running',
  title: 'Containers run',
  group: 'containers',
  phase: 'after',
  touches: "Looks at the state, exit code and restarts of the client's containers.",
  remedy: 'Mend what the log of the container names, and start it.',
  requirement: z.strictObject({
    window: duration,
    warn: z.int().check(z.positive()),
    fail: z.int().check(z.positive()),
  }),
  limit: () => ({ op: 'is', value: 'running', display: 'Coreapp and Webapp run' }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    needsContainers(deployment);
    const { containers, leftOver } = inUse(deployment);
    const { epochMs } = await host.system('now');
    const asked = containers.filter(({ role }) => ASKED.has(role));
    needsClients(asked, deployment);
    return {
      containers: asked.map((one) => runState(one, epochMs)),
      missing: elsewhere(asked),
      plain: plainCoreapps(containers).map((group) => [...group]),
      leftOver: leftOver.map(({ name }) => name),
      notInspected: deployment.notInspected,
    };
  },
  figure({ containers }) {
    const lasting = containers.filter(({ role }) => role !== 'upgrade');
    const running = lasting.filter(({ status }) => status === 'running').length;
    const restarts = lasting.reduce((sum, one) => sum + one.restarts, 0);
    const again = restarts > 0 ? `, ${restarts} restart${restarts === 1 ? '' : 's'}` : '';
    return { value: running, unit: '{container}', display: `${running} of ${lasting.length} running${again}` };
  },
  judge({ containers, missing, plain, leftOver, notInspected }, limits) {
    const bad = [...roleFindings(missing, plain), ...containers.flatMap((one) => stateFindings(one, limits))];
    const well = containers.filter((one) => one.role !== 'upgrade' && stateFindings(one, limits).length === 0);
    const names = well.map(({ role, name }) => `${ROLE_NAMES[role]} ${name}`).join(', ');
    const old = leftOver.length > 0 ? [pass(`Left over from before, stopped: ${leftOver.join(', ')}`)] : [];
    const running = names ? [pass(`Running: ${names}`)] : [];
    const unseen = notInspected.map(({ name, why }) =>
      unknown(`${name} could not be looked into: ${why}`, {
        subject: name,
        remedy: `Find out why it cannot be looked into (docker inspect ${name}).`,
      }),
    );
    const told = [...running, ...bad, ...unseen, ...old];
    return told.length > 0 ? told : [pass('Nothing but an upgrade that has ended')];
  },
});
