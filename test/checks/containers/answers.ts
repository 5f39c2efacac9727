import type { DeployedContainer, Deployment, Variable } from '../../../src/host/answers/deployment.ts';
import type { Json } from '../../../src/model.ts';

/** A variable whose value is told. */
export const told = (name: string, value: string): Variable => ({ name, value, secret: null });

/** A secret: its length, the group of its value, and whether it is a sample. */
export const hidden = (name: string, group = 1, length = 24, sample = false): Variable => ({
  name,
  value: null,
  secret: { length, group, sample },
});

/** The login that a healthy container has. */
export const LOGIN: readonly Variable[] = [
  told('WA_DB_ENGINE', 'MYSQL'),
  told('WA_DB_HOSTNAME', 'db-1.internal'),
  told('WA_DB_PORT', '3306'),
  told('WA_DB_USERNAME', 'wa'),
  hidden('WA_DB_PASSWORD'),
];

export const RUNNING: NonNullable<DeployedContainer['state']> = {
  status: 'running',
  exitCode: 0,
  oomKilled: false,
  restartCount: 0,
  startedAt: '2026-11-02T06:14:09Z',
  finishedAt: null,
  error: null,
};

/** A healthy Coreapp of an Engine, in a network of its own with those that a test puts beside it. */
export const coreapp = (over: Partial<DeployedContainer> = {}): DeployedContainer => {
  const name = over.name ?? 'wacore';
  return {
    id: `id-of-${name}`,
    name,
    role: 'coreapp',
    recognisedBy: ['image'],
    image: 'docker.whatsapp.biz/coreapp:v2.57.2',
    tag: 'v2.57.2',
    imageFacts: null,
    state: RUNNING,
    networkMode: 'wa_default',
    networks: [{ name: 'wa_default', aliases: [name], addresses: ['172.18.0.2'] }],
    links: [],
    extraHosts: [],
    variables: [...LOGIN],
    ports: [],
    mounts: [
      {
        type: 'volume',
        source: 'wa_whatsappMedia',
        destination: '/usr/local/wamedia',
        driver: 'local',
        remote: false,
        writable: true,
      },
    ],
    restartPolicy: 'unless-stopped',
    log: { driver: 'json-file', maxSize: '100m', maxFile: '5', path: null },
    compose: { project: 'wa', service: name, folder: '/srv/wa', files: ['/srv/wa/docker-compose.yml'] },
    privileged: false,
    ...over,
  };
};

/** A healthy Webapp beside it. */
export const webapp = (over: Partial<DeployedContainer> = {}): DeployedContainer =>
  coreapp({
    name: 'waweb',
    role: 'webapp',
    image: 'docker.whatsapp.biz/web:v2.57.2',
    variables: [...LOGIN, told('WACORE_HOSTNAME', 'wacore')],
    ports: [published(443, 9090)],
    ...over,
  });

/** A published port. */
export const published = (container: number, host: number | null, address = '0.0.0.0') => ({
  container,
  protocol: 'tcp',
  host,
  address,
});

/** What becomes of a container that was stopped, or ended by itself. */
export const ended = (exitCode: number, over: Partial<typeof RUNNING> = {}): typeof RUNNING => ({
  ...RUNNING,
  status: 'exited',
  exitCode,
  finishedAt: '2026-11-22T09:00:00Z',
  ...over,
});

const DEPLOYMENT: Deployment = {
  from: 'engine',
  where: 'unix:///var/run/docker.sock',
  nothing: null,
  onlyRunning: false,
  others: 0,
  notInspected: [],
  containers: [],
};

/** Some containers of an Engine, as the answer to `docker "deployment"`. */
export const deployed = (...containers: readonly DeployedContainer[]): Json => ({
  ...DEPLOYMENT,
  containers: [...containers],
});

/** The same as services of a Compose file. */
export const described = (...containers: readonly DeployedContainer[]): Json => ({
  ...DEPLOYMENT,
  from: 'compose-file',
  where: '/srv/wa/docker-compose.yml',
  containers: containers.map((one) => ({ ...one, id: '', state: null })),
});

/** No container of the client, as a host without a deployment tells it. */
export const NOTHING: Json = {
  ...DEPLOYMENT,
  from: 'nothing',
  nothing: 'no container of the client was found',
  containers: [],
};

type Failure = { step: 'dns' | 'tcp'; kind: string; message: string; code: string | null };
export const UNRESOLVED: Failure = { step: 'dns', kind: 'no-such-host', message: 'getaddrinfo ENOTFOUND', code: null };
export const REFUSED: Failure = { step: 'tcp', kind: 'refused', message: 'ECONNREFUSED', code: 'ECONNREFUSED' };

/** One try at a name and a port from inside a container. */
export const tried = (named: string, host: string, port: number, failed: Failure | null = null) => ({
  named,
  host,
  port,
  addresses: failed?.step === 'dns' ? [] : ['172.18.0.9'],
  steps: failed ? [] : [{ step: 'dns', ms: 0.2 }],
  failed,
});

/** What containers came to reach from inside, by container; a text is why one was not tried. */
export const links = (of: Readonly<Record<string, string | readonly ReturnType<typeof tried>[]>>): Json => ({
  containers: Object.entries(of).map(([name, targets]) => ({
    id: `id-of-${name}`,
    name,
    skipped: typeof targets === 'string' ? targets : null,
    targets: typeof targets === 'string' ? [] : [...targets],
  })),
});

/** A variable set to another value, or (null) taken away. */
export const withVariable = (container: DeployedContainer, variable: string, value: Variable | null) => ({
  ...container,
  variables: [...container.variables.filter(({ name }) => name !== variable), ...(value ? [value] : [])],
});
