import type { Role } from '../../answers/deployment.ts';

/** What a container, or a service of a Compose file, tells of what it is. */
export type Clues = {
  readonly image: string;
  /** Its name in the Compose file; empty where it is of none. */
  readonly service: string;
  /** The media folder is mounted. */
  readonly media: boolean;
  /** Its command starts the client. */
  readonly launcher: boolean;
  /** Ports that it offers inside, published or not. */
  readonly ports: readonly number[];
  /** A label or the image's name speaks of WhatsApp. */
  readonly spoken: boolean;
  /** Null where it is not told: the Engine's list tells none. */
  readonly env: Readonly<Record<string, string>> | null;
};

export const MEDIA = '/usr/local/wamedia';
export const LAUNCHER = 'launch_within_docker.sh';
const REGISTRY = 'docker.whatsapp.biz';

/** An image's name without its tag and digest: "docker.whatsapp.biz/coreapp". */
const repositoryOf = (image: string): string => image.replace(/@.*$/s, '').replace(/:[^:/]*$/, '');

/** The tag as it stands in an image's name; null where there is none, or an id in place of a name. */
export const tagOf = (image: string): string | null =>
  image.startsWith('sha256:') ? null : (/:([^:/]+)$/.exec(image.replace(/@.*$/s, ''))?.[1] ?? null);

const lastOf = (image: string): string => repositoryOf(image).split('/').at(-1) ?? '';

/** The vendor's own name for an image, also below a mirror's: "coreapp" of "mirror:5000/docker.whatsapp.biz/coreapp". */
const vendorsOf = (image: string): string | null => {
  const [name = '', registry] = repositoryOf(image).split('/').reverse();
  return registry === REGISTRY ? name : null;
};

const DATABASES = new Set(['mysql', 'mysql-server', 'mariadb', 'mariadb-server', 'postgres', 'postgresql', 'percona']);

/** Whether an image is a database server's, by the whole of its last name: an exporter for MySQL is none. */
export const isDatabase = (image: string): boolean => DATABASES.has(lastOf(image));

const EXPORTERS = new Set(['cadvisor/cadvisor', 'google/cadvisor', 'prom/node-exporter', 'prom/mysqld-exporter']);

/** Whether an image is one of those that the vendor's monitoring files name. */
export const isMonitoring = (image: string): boolean =>
  ['prometheus', 'grafana'].includes(vendorsOf(image) ?? '') ||
  EXPORTERS.has(repositoryOf(image).split('/').slice(-2).join('/'));

const CORES = /^(wacore|master)\d*$/;
const WEBS = /^waweb\d*$/;
const UPGRADE = 'dbupgrade';

/** Variables of the client alone, beside the login of its database, which others may be given too. */
const CORE_ENV = ['COREAPP_HOSTNAME', 'COREAPP_EXTERNAL_PORTS', 'WA_MASTER_NODE'];
const WEB_ENV = ['WACORE_HOSTNAME', 'WEBAPP_HOSTNAME', 'WEBAPP_EXTERNAL_PORTS', 'WA_WEB_SERVERNAME'];
const ANY_ENV = ['WA_RUNNING_ENV_VERSION', 'WA_RUNNING_ENV', 'WA_APP_MULTICONNECT', 'WA_DB_UPGRADE', 'WA_CONFIG_ON_DB'];

/** Whether a switch of the vendor's is on. */
const isOn = (value: string | undefined): boolean => /^(1|true|yes|on)$/i.test(value?.trim() ?? '');

const hasAny = (env: Clues['env'], names: readonly string[]): boolean =>
  names.some((name) => env?.[name] !== undefined);
const hasEnv = ({ env }: Clues): boolean =>
  hasAny(env, ['WA_DB_ENGINE', 'WA_DB_HOSTNAME']) && hasAny(env, [...CORE_ENV, ...WEB_ENV, ...ANY_ENV]);

const isNamed = ({ image }: Clues): boolean => ['coreapp', 'web'].includes(lastOf(image));
const isService = ({ service }: Clues): boolean => CORES.test(service) || WEBS.test(service) || service === UPGRADE;
const hasPort = ({ ports }: Clues): boolean => ports.some((port) => port >= 6250 && port <= 6253);

/** By what it is recognised as the client's, in the words of the answer; empty where it is not, or not surely. */
export const signsOf = (clues: Clues): readonly string[] => {
  const { image, media, launcher } = clues;
  const vendors = vendorsOf(image);
  if (isDatabase(image) || isMonitoring(image)) return [];
  const own = vendors === 'coreapp' || vendors === 'web';
  const named = own || isNamed(clues);
  const labelled = isService(clues);
  const env = hasEnv(clues);
  const sure =
    own ||
    (media && (launcher || named || labelled || env || hasPort(clues))) ||
    (launcher && (named || labelled || env)) ||
    env;
  if (!sure) return [];
  const signs: Readonly<Record<string, boolean>> = {
    image: named,
    'media mount': media,
    command: launcher,
    environment: env,
    labels: labelled,
  };
  return Object.keys(signs).filter((sign) => signs[sign]);
};

/** What one of the client's is for; null where the Engine's list alone does not tell, and it has to be looked into. */
export const roleOf = (clues: Clues): Extract<Role, 'coreapp' | 'master' | 'webapp' | 'upgrade'> | null => {
  const { image, service, ports, env } = clues;
  if (service === UPGRADE || isOn(env?.['WA_DB_UPGRADE'])) return 'upgrade';
  const core = isOn(env?.['WA_MASTER_NODE']) ? 'master' : 'coreapp';
  const name = lastOf(image);
  if (name === 'coreapp') return core;
  if (name === 'web') return 'webapp';
  if (CORES.test(service)) return core;
  if (WEBS.test(service)) return 'webapp';
  if (hasPort(clues)) return core;
  if (ports.includes(443)) return 'webapp';
  if (env === null) return null;
  if (hasAny(env, CORE_ENV)) return core;
  return hasAny(env, WEB_ENV) ? 'webapp' : core;
};

/** How much in the Engine's list hints at the client where it is not sure: 0 is nothing, and it is not looked into. */
export const hintsOf = (clues: Clues): number => {
  const { image, service, media, launcher, spoken } = clues;
  if (isDatabase(image) || isMonitoring(image)) return 0;
  const name = lastOf(image);
  const weights: readonly (readonly [number, boolean])[] = [
    [8, media],
    [8, launcher],
    [4, hasPort(clues)],
    [4, name === 'coreapp'],
    [2, isService(clues) && service !== 'master'],
    [2, spoken],
    [1, name === 'web' && /^v?2\.\d+\.\d+/.test(tagOf(image) ?? '')],
  ];
  return weights.reduce((sum, [weight, there]) => sum + (there ? weight : 0), 0);
};
