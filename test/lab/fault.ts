import type { Service } from './services.ts';
import type { Behaviour } from './stand-in/behaviour.ts';
import type { Topology } from './stand-in/deployment.ts';

/** A check that has to come out otherwise than on a healthy lab. */
type Expected = {
  readonly check: string;
  readonly outcome: 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';
  /** What its findings have to speak of. */
  readonly says?: RegExp;
};

export type Place = { readonly topology: Topology; readonly port: number };

/** Something that can be made wrong with a lab. */
export type Fault = {
  readonly name: string;
  /** What is wrong then, in a sentence. */
  readonly does: string;
  /** What may stand behind "=", and what it is without. */
  readonly value?: { readonly means: string; readonly usual: string };
  /** Where it makes sense; everywhere where this is not said. */
  readonly topologies?: readonly Topology[];
  /** A change to what the stand-in answers: at once, and without Docker too. */
  readonly behaviour?: (value: string, place: Place) => Partial<Behaviour>;
  /** A change to containers: those that differ are made anew. */
  readonly services?: (services: readonly Service[], value: string, place: Place) => readonly Service[];
  /** A change of the mode of the env file that the deployment was made from. */
  readonly envFileMode?: number;
  /** Options without which the tool cannot see it. "COMPOSE" stands for the lab's Compose file, "--online" for no --offline. */
  readonly options?: readonly string[];
  /** The right finding; none where a single run cannot see it, which `does` says. */
  readonly finds: readonly Expected[];
  /** Checks that it makes come out otherwise too, as what depends on it or shows it from another side: ids or "group.*". */
  readonly follows?: readonly string[];
  /** The tool waits for deadlines: the tests run it beside others. */
  readonly slow?: boolean;
};

/** Changes those services that a test picks. */
export const changed =
  (
    picks: (service: Service) => boolean,
    change: (service: Service) => Partial<Service>,
  ): NonNullable<Fault['services']> =>
  (services) =>
    services.map((service) => (picks(service) ? { ...service, ...change(service) } : service));

export const isCoreapp = ({ name }: Service): boolean => /^wacore\d*$/.test(name);
export const isFirstCoreapp = ({ name }: Service): boolean => name === 'wacore' || name === 'wacore1';
export const isWebapp = ({ name }: Service): boolean => name === 'waweb';
export const isClient = (service: Service): boolean =>
  isCoreapp(service) || isWebapp(service) || service.name.startsWith('master');

/** The first Coreapp of a topology, which does the work as long as it can. */
export const firstCoreapp = ({ topology }: Place): string => (topology === 'single' ? 'wacore' : 'wacore1');

/** A service's environment without some variables. */
export const without = ({ env }: Service, ...names: readonly string[]): Pick<Service, 'env'> => ({
  env: Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name))),
});
/** A service's environment with some others. */
export const having = ({ env }: Service, more: Service['env']): Pick<Service, 'env'> => ({ env: { ...env, ...more } });
