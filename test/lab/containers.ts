import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import { LAB_LABEL } from './images.ts';
import type { Service } from './services.ts';
import { CONTROL_FOLDER } from './stand-in/control.ts';

// The containers of a lab: what there is, and what has to be made anew.

const PROJECT = 'installation';
export const NETWORK = `${PROJECT}_default`;
export const MEDIA = `${PROJECT}_whatsappMedia`;
const SERVICE_LABEL = 'wa-preflight.lab.service';
const STATE_LABEL = 'wa-preflight.lab.made-of';

export type Ground = {
  readonly engine: Engine;
  /** The value of the label of all that is this lab's. */
  readonly lab: string;
  /** Folders on this host: what containers share with the lab, and where the Compose file is. */
  readonly control: string;
  readonly project: string;
};

export type There = { readonly id: string; readonly service: string; readonly madeOf: string };

const isVendors = ({ program }: Service): boolean => program !== 'webhook';
const filter = (lab: string): string =>
  `filters=${encodeURIComponent(JSON.stringify({ label: [`${LAB_LABEL}=${lab}`] }))}`;

/** Containers of a lab that there are, in whatever state. */
export const containersOf = async ({ engine, lab }: Pick<Ground, 'engine' | 'lab'>): Promise<readonly There[]> => {
  const listed = await engine.demand<readonly { Id: string; Labels: Record<string, string> }[]>({
    path: `/containers/json?all=1&${filter(lab)}`,
  });
  return listed.map(({ Id, Labels }) => ({
    ...{ id: Id, service: Labels[SERVICE_LABEL] ?? '' },
    madeOf: Labels[STATE_LABEL] ?? '',
  }));
};

/** What tells one way of making a service from another. */
export const signOf = (service: Service): string =>
  createHash('sha256').update(JSON.stringify(service)).digest('hex').slice(0, 16);

const labelsOf = ({ lab, project }: Ground, service: Service): Readonly<Record<string, string>> => ({
  [LAB_LABEL]: lab,
  [SERVICE_LABEL]: service.name,
  [STATE_LABEL]: signOf(service),
  ...(isVendors(service) && {
    'com.docker.compose.project': PROJECT,
    'com.docker.compose.service': service.name,
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.project.working_dir': project,
    'com.docker.compose.project.config_files': `${project}/docker-compose.yml`,
  }),
});

/** Makes a container, and tells its id; it does not run yet. */
export const createContainer = async (ground: Ground, service: Service): Promise<string> => {
  const { name, image, program, command, env, ports, media, restart, logLimits, network, memory, address } = service;
  const inProject = network === 'project';
  const body = {
    Image: image,
    Cmd: command,
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    Labels: labelsOf(ground, service),
    ExposedPorts: Object.fromEntries(ports.map(({ container }) => [`${container}/tcp`, {}])),
    HostConfig: {
      NetworkMode: inProject ? NETWORK : 'bridge',
      PortBindings: Object.fromEntries(
        ports.map(({ container, host, address }) => [
          `${container}/tcp`,
          [{ HostIp: address, HostPort: String(host) }],
        ]),
      ),
      Binds: [
        ...(media ? [`${MEDIA}:/usr/local/wamedia:rw`] : []),
        ...(program === 'database' ? [] : [`${ground.control}:${CONTROL_FOLDER}:z`]),
      ],
      RestartPolicy: restart,
      LogConfig: { Type: 'json-file', Config: logLimits },
      CapDrop: ['MKNOD'],
      ...(memory !== null && { Memory: memory, MemorySwap: memory }),
    },
    ...(inProject && {
      NetworkingConfig: {
        EndpointsConfig: {
          [NETWORK]: { Aliases: [name], ...(address && { IPAMConfig: { IPv4Address: address } }) },
        },
      },
    }),
  };
  const named = `${PROJECT}-${name}-1`;
  const { Id } = await ground.engine.demand<{ Id: string }>({
    ...{ method: 'POST', path: `/containers/create?name=${named}`, body },
  });
  return Id;
};

export const startContainer = ({ engine }: Ground, id: string): Promise<unknown> =>
  engine.demand({ method: 'POST', path: `/containers/${id}/start` });

export const removeContainer = ({ engine }: Pick<Ground, 'engine'>, id: string): Promise<unknown> =>
  engine.ask({ method: 'DELETE', path: `/containers/${id}?force=1&v=1` });

type State = { readonly Status: string; readonly Running: boolean };
type Inspected = { readonly State: State; readonly RestartCount: number };
const RESTARTS_OF_A_LOOP = 3;
const PATIENCE_MS = 20_000;

/** Polls until something holds; throws what was waited for. */
export const until = async (what: string, holds: () => Promise<boolean>, patience = PATIENCE_MS): Promise<void> => {
  for (const end = performance.now() + patience; performance.now() < end; await pause(20)) if (await holds()) return;
  throw new Error(`the lab waited in vain for ${what}`);
};

/** Brings a container that was started into the state that is wanted for it. */
export const settle = async ({ engine }: Ground, { name, state }: Service, id: string): Promise<void> => {
  const inspect = () => engine.demand<Inspected>({ path: `/containers/${id}/json` });
  if (state === 'stopped') await engine.demand({ method: 'POST', path: `/containers/${id}/stop?t=3` });
  if (state === 'frozen') await engine.demand({ method: 'POST', path: `/containers/${id}/kill?signal=STOP` });
  if (state === 'ended') await until(`${name} to end`, async () => (await inspect()).State.Status === 'exited');
  if (state === 'looping')
    await until(`${name} to be restarted`, async () => (await inspect()).RestartCount >= RESTARTS_OF_A_LOOP);
};

/** Waits until a database server says that it is ready. */
export const databaseReady = ({ engine }: Ground, id: string): Promise<void> =>
  until('the database', async () => {
    const { body } = await engine.ask({ path: `/containers/${id}/logs?stdout=1&stderr=1` });
    return /ready to accept connections|ready for connections/.test(body);
  });
