import { onTestFinished, vi } from 'vitest';
import { answer, standInEngine } from './stand-in-engine.ts';

// A stand-in for an Engine with containers: each as the list and as an inspection of it tell it, in Docker's own words.

/** One container, what is not given is as Docker has it. */
export type Described = {
  readonly id?: string;
  readonly name: string;
  readonly image: string;
  readonly imageId?: string;
  readonly state?: string;
  readonly env?: readonly string[];
  readonly command?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Compose's project and service, "project/service". */
  readonly compose?: string;
  readonly network?: string;
  readonly address?: string;
  readonly aliases?: readonly string[];
  readonly links?: readonly string[];
  readonly extraHosts?: readonly string[];
  /** "HOST:CONTAINER", or "CONTAINER" for one that is only exposed. */
  readonly ports?: readonly string[];
  readonly media?: string | null;
  /** Laid over the answer of an inspection. */
  readonly inspected?: Readonly<Record<string, unknown>>;
};

export const LAUNCH = ['/opt/whatsapp/bin/wait_on_mysql.sh', '/opt/whatsapp/bin/launch_within_docker.sh'];
export const DB_ENV = ['WA_DB_ENGINE=MYSQL', 'WA_DB_HOSTNAME=db', 'WA_DB_PORT=3306', 'WA_DB_USERNAME=wa'];

const idOf = ({ id, name }: Described): string => id ?? Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);

const labelsOf = ({ compose, labels = {} }: Described): Record<string, string> => {
  const [project, service] = compose?.split('/') ?? [];
  return {
    ...labels,
    ...(project && { 'com.docker.compose.project': project }),
    ...(service && { 'com.docker.compose.service': service }),
  };
};

const portsOf = ({ ports = [] }: Described) =>
  ports.map((port) => {
    const [inside = '', outside] = port.split(':').reverse();
    return { inside, outside };
  });

const bindingsOf = (one: Described, HostIp: string) =>
  Object.fromEntries(
    portsOf(one).map(({ inside, outside }) => [`${inside}/tcp`, outside ? [{ HostIp, HostPort: outside }] : null]),
  );

const networksOf = ({ network = 'bridge', address = '', aliases = [] }: Described) => ({
  [network]: { IPAddress: address, GlobalIPv6Address: '', Aliases: aliases },
});

const mountsOf = ({ media }: Described) =>
  media
    ? [
        {
          ...{ Type: 'volume', Name: media, Source: `/var/lib/docker/volumes/${media}/_data` },
          ...{ Destination: '/usr/local/wamedia', Driver: 'local', RW: true },
        },
      ]
    : [];

/** A container as `GET /containers/json` tells it. */
const listed = (one: Described): Record<string, unknown> => ({
  Id: idOf(one),
  Names: [`/${one.name}`],
  Image: one.image,
  ImageID: one.imageId ?? `sha256:${one.image}`,
  Command: (one.command ?? []).join(' '),
  State: one.state ?? 'running',
  Labels: labelsOf(one),
  Ports: portsOf(one).map(({ inside, outside }) => ({
    ...{ IP: '0.0.0.0', PrivatePort: Number(inside), Type: 'tcp' },
    ...(outside && { PublicPort: Number(outside) }),
  })),
  Mounts: mountsOf(one),
  NetworkSettings: { Networks: networksOf(one) },
});

/** A container as `GET /containers/ID/json` tells it. */
const inspection = (one: Described): Record<string, unknown> => ({
  Id: idOf(one),
  Name: `/${one.name}`,
  Image: one.imageId ?? `sha256:${one.image}`,
  RestartCount: 0,
  LogPath: `/var/lib/docker/containers/${idOf(one)}/${idOf(one)}-json.log`,
  State: {
    ...{ Status: one.state ?? 'running', Running: !one.state, Pid: one.state ? 0 : 4711, ExitCode: 0 },
    ...{ OOMKilled: false, Error: '', StartedAt: '2026-11-02T06:14:09.1Z', FinishedAt: '0001-01-01T00:00:00Z' },
  },
  Config: { Image: one.image, Env: one.env ?? [], Cmd: one.command ?? [], Entrypoint: null, Labels: labelsOf(one) },
  HostConfig: {
    NetworkMode: one.network ?? 'bridge',
    Links: one.links ?? null,
    ExtraHosts: one.extraHosts ?? null,
    PortBindings: bindingsOf(one, ''),
    RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 },
    LogConfig: { Type: 'json-file', Config: {} },
    Privileged: false,
  },
  NetworkSettings: { Networks: networksOf(one), Ports: one.state ? {} : bindingsOf(one, '0.0.0.0') },
  Mounts: mountsOf(one),
  ...one.inspected,
});

type Asked = { readonly method: string; readonly path: string };

/** Further answers by path, and what the Engine was asked. A number is a status. */
export type Deployed = { readonly asked: Asked[]; readonly host: string };

/** Starts a stand-in for an Engine with these containers, which DOCKER_HOST names until the test ends. */
export const deployed = async (
  containers: readonly Described[],
  answers: Readonly<Record<string, unknown>> = {},
): Promise<Deployed> => {
  const asked: Asked[] = [];
  const list = JSON.stringify(containers.map(listed));
  const byId = new Map(containers.map((one) => [`/containers/${idOf(one)}/json`, one]));
  const standIn = await standInEngine(({ url = '', method = '' }, response) => {
    asked.push({ method, path: url });
    const own = answers[decodeURIComponent(url)];
    const one = byId.get(url);
    if (typeof own === 'number') answer(response, { message: 'no' }, own);
    else if (own !== undefined) answer(response, own);
    else if (url === '/version') answer(response, { Version: '24.0.7', ApiVersion: '1.43' });
    else if (url.startsWith('/containers/json')) response.end(list);
    else if (one) answer(response, inspection(one));
    else answer(response, { message: 'no such thing' }, 404);
  });
  vi.stubEnv('DOCKER_HOST', standIn.host);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await standIn.stop();
  });
  return { asked, host: standIn.host };
};

/** A single instance by the vendor's file, on a network of its own. */
export const single: readonly Described[] = [
  {
    name: 'wa-wacore-1',
    image: 'docker.whatsapp.biz/coreapp:v2.53.1',
    env: [...DB_ENV, 'WA_DB_PASSWORD=Canary7Bird', 'WA_RUNNING_ENV_VERSION=v2.2.3', 'ORCHESTRATION=DOCKER-COMPOSE'],
    ...{ command: LAUNCH, compose: 'wa/wacore', network: 'wa_default', aliases: ['wacore'], address: '172.18.0.2' },
    media: 'wa_whatsappMedia',
  },
  {
    name: 'wa-waweb-1',
    image: 'docker.whatsapp.biz/web:v2.53.1',
    env: [...DB_ENV, 'WA_DB_PASSWORD=Canary7Bird', 'WACORE_HOSTNAME=wacore', 'WA_RUNNING_ENV_VERSION=v2.2.3'],
    ...{ command: LAUNCH, compose: 'wa/waweb', network: 'wa_default', aliases: ['waweb'], address: '172.18.0.3' },
    ...{ media: 'wa_whatsappMedia', ports: ['9090:443'] },
  },
];
