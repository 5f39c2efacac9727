import type { Fault } from './fault.ts';
import { answerFaults } from './faults/answers.ts';
import { clientFaults } from './faults/client.ts';
import { containerFaults } from './faults/containers.ts';
import { healthFaults } from './faults/health.ts';
import { runningFaults } from './faults/running.ts';
import type { Service } from './services.ts';
import type { Behaviour } from './stand-in/behaviour.ts';
import type { Topology } from './stand-in/deployment.ts';

/** Everything that can be made wrong with a lab: what it does, and what a run of the tool has to say of it. */
export const faults: readonly Fault[] = [
  ...answerFaults,
  ...healthFaults,
  ...clientFaults,
  ...runningFaults,
  ...containerFaults,
];

/** A fault as it is asked for: NAME or NAME=VALUE. */
export type FaultSpec = string;

/** Not a fault, or not one of this topology: the message is for the one who asked for it. */
export class NoSuchFault extends Error {}

/** A fault with its value and its place filled in. */
export type ReadyFault = {
  readonly fault: Fault;
  readonly behaviour: Partial<Behaviour> | null;
  readonly services: ((services: readonly Service[]) => readonly Service[]) | null;
};

/** Reads what was asked for; "none" is nothing. */
export const faultsOf = (specs: readonly FaultSpec[], topology: Topology, port = 9090): readonly ReadyFault[] =>
  specs
    .filter((spec) => spec !== 'none')
    .map((spec) => {
      const [name = '', given] = spec.split(/=(.*)/s);
      const fault = faults.find((each) => each.name === name);
      if (!fault) throw new NoSuchFault(`there is no fault "${name}"; npm run lab -- faults lists them`);
      if (given !== undefined && !fault.value) throw new NoSuchFault(`the fault ${name} takes no value`);
      if (fault.topologies && !fault.topologies.includes(topology))
        throw new NoSuchFault(`the fault ${name} is one of ${fault.topologies.join(' and ')}, not of ${topology}`);
      const value = given ?? fault.value?.usual ?? '';
      const place = { topology, port };
      return {
        fault,
        behaviour: fault.behaviour?.(value, place) ?? null,
        services: fault.services ? (services) => fault.services?.(services, value, place) ?? services : null,
      };
    });

/** Whether a fault shows on a deployment in containers only. */
export const wantsDocker = (fault: Fault): boolean =>
  fault.services !== undefined ||
  fault.envFileMode !== undefined ||
  fault.behaviour?.(fault.value?.usual ?? '', { topology: 'single', port: 9090 }).processes !== undefined;

/** Whether a topology is where a fault is looked at: one that all have is looked at in a single instance. */
export const isOf =
  (topology: Topology) =>
  ({ topologies }: Fault): boolean =>
    topologies?.includes(topology) ?? topology === 'single';
