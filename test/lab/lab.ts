import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { labCertificates } from './certificates.ts';
import { writeComposeFile } from './compose-file.ts';
import {
  containersOf,
  createContainer,
  databaseReady,
  type Ground,
  removeContainer,
  settle,
  signOf,
  startContainer,
  until,
} from './containers.ts';
import { deploymentOf } from './deployments.ts';
import { type Engine, NoLab } from './engine.ts';
import { type FaultSpec, faultsOf } from './faults.ts';
import { ensureImages, imageOf, LAB_LABEL } from './images.ts';
import { at, type Kept, keptIn, put } from './kept.ts';
import { makeNetwork } from './network.ts';
import { COREAPP_IMAGE, healthyServices, type Service, WEBAPP_IMAGE, WEBHOOK_PORT, type Wish } from './services.ts';
import { merged } from './stand-in/behaviour.ts';

// A lab on an Engine: brought into a state, whatever state it was in before. It keeps what it has to know in its folder.

const groundOf = (engine: Engine, folder: string): Ground => ({
  ...{ engine, lab: folder, control: at(folder, 'control'), project: at(folder, 'installation') },
});

/** Images of these names that are not a lab's are left alone, and so no lab is made beside them. */
const refuseRealImages = async (engine: Engine): Promise<void> => {
  for (const image of [COREAPP_IMAGE, WEBAPP_IMAGE]) {
    const there = await imageOf(engine, image);
    if (there && there.Config.Labels?.[LAB_LABEL] === undefined)
      throw new NoLab(`This Engine has an image ${image} that is no stand-in; the lab would take its name away.`);
  }
};

/** Lays out the folder of a new lab and its network; no container is made yet. */
export const foundLab = async (engine: Engine, folder: string, wish: Wish): Promise<void> => {
  await refuseRealImages(engine);
  mkdirSync(at(folder, 'control'), { recursive: true, mode: 0o700 });
  const { gateway } = await makeNetwork(engine, folder);
  const host = gateway.replace(/\d+$/, '250');
  const names = ['waweb', 'webhook', 'db'].map((name) => `DNS:${name}`);
  const { shown, fingerprint } = labCertificates(at(folder, 'certificates'), [
    ...names,
    ...[gateway, host].map((address) => `IP:${address}`),
  ]);
  put(at(folder, 'control/certificates.json'), shown);
  const webhookUrl = `https://${host}:${WEBHOOK_PORT}/hook`;
  const kept: Kept = { ...{ wish, webhookUrl, fingerprint }, engine: engine.host, faults: [], revision: 0 };
  put(at(folder, 'lab.json'), kept);
};

/** What the support node says of the database: the client's word for the engine, and an invented version. */
const ENGINES = {
  postgresql: { engine: 'PGSQL', version: '13.8' },
  mariadb: { engine: 'MYSQL', version: '10.11' },
  none: { engine: 'PGSQL', version: '13.8' },
} as const;

const isDone = (service: Service): boolean => service.state === 'running' || service.state === 'stopped';

/** Waits until every program has heard of a change, and listens where it was started anew. */
const heard = async (
  { control }: Ground,
  services: readonly Service[],
  revision: number,
  fresh: ReadonlySet<string>,
): Promise<void> => {
  const database = services.find(({ program }) => program === 'database');
  const says = (file: string): string =>
    existsSync(at(control, file)) ? readFileSync(at(control, file), 'utf8').trim() : '';
  const programs = services.filter((service) => service.program !== 'database' && isDone(service));
  // A Coreapp does not listen before its database does; one that is to be down is not yet so when it was made anew.
  const served = !database || database.state === 'running' || fresh.has(database.name);
  const listens = ({ name, network, program }: Service): boolean =>
    fresh.has(name) && (program !== 'coreapp' || (network === 'project' && served));
  for (const service of programs) {
    await until(
      `${service.name} to take over the change`,
      async () => says(`taken-${service.name}`) === String(revision),
    );
    if (listens(service)) await until(`${service.name} to listen`, async () => says(`ready-${service.name}`) !== '');
  }
};

/** What a round of remaking came to: the container of each service, and which of them are new and do not run yet. */
type Made = { readonly ids: ReadonlyMap<string, string>; readonly fresh: ReadonlySet<string> };

/** Removes containers that are not as they are wanted, and makes those that are missing. */
const remake = async (ground: Ground, wish: Wish, wanted: readonly Service[]): Promise<Made> => {
  const newImages = await ensureImages(ground.engine, ground.lab, wish.database, wanted);
  const there = await containersOf(ground);
  const fits = ({ service, madeOf }: (typeof there)[number]) =>
    wanted.some((one) => one.name === service && signOf(one) === madeOf && !newImages.has(one.image));
  await Promise.all(there.filter((one) => !fits(one)).map(({ id }) => removeContainer(ground, id)));
  const ids = new Map(there.filter(fits).map(({ service, id }) => [service, id]));
  const fresh = new Set<string>();
  for (const service of wanted.filter(({ name }) => !ids.has(name))) {
    rmSync(at(ground.control, `ready-${service.name}`), { force: true });
    ids.set(service.name, await createContainer(ground, service));
    fresh.add(service.name);
  }
  return { ids, fresh };
};

/** Brings a lab that was founded into the state of these faults, and no others: what differs is made anew. */
export const applyFaults = async (engine: Engine, folder: string, specs: readonly FaultSpec[]): Promise<void> => {
  const kept = keptIn(folder);
  if (!kept) throw new NoLab('There is no lab here: npm run lab -- up');
  const { wish, webhookUrl } = kept;
  const ground = groundOf(engine, folder);
  const ready = faultsOf(specs, wish.topology, wish.port);
  const services = ready.reduce((now, { services: change }) => change?.(now) ?? now, healthyServices(wish, webhookUrl));
  writeComposeFile(ground.project, services, ready.find(({ fault }) => fault.envFileMode)?.fault.envFileMode);
  // What no Engine would run stands in the file alone.
  const fileOnly = ready.some(({ fault }) => fault.options?.includes('COMPOSE'));
  const wanted = fileOnly ? healthyServices(wish, webhookUrl) : services;
  const revision = kept.revision + 1;
  const behaviour = ready.map((one) => one.behaviour ?? {}).reduce(merged, {});
  put(at(ground.control, 'behaviour.json'), { ...behaviour, revision });
  const { ids, fresh } = await remake(ground, wish, wanted);
  const short = Object.fromEntries([...ids].map(([name, id]) => [name, id.slice(0, 12)]));
  put(at(ground.control, 'deployment.json'), deploymentOf(wish.topology, webhookUrl, short, ENGINES[wish.database]));
  const started = wanted.filter(({ name }) => fresh.has(name));
  const idOf = ({ name }: Service): string => ids.get(name) ?? '';
  for (const service of started) await startContainer(ground, idOf(service));
  const database = started.find(({ program }) => program === 'database');
  if (database) await databaseReady(ground, idOf(database));
  await heard(ground, wanted, revision, fresh);
  await Promise.all(started.map((service) => settle(ground, service, idOf(service))));
  put(at(folder, 'lab.json'), { ...kept, faults: specs.filter((spec) => spec !== 'none'), revision });
};
