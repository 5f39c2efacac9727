import { SECRETS, servicesOf, VERSION } from './deployments.ts';
import type { Topology } from './stand-in/deployment.ts';

// What containers a lab is made of, as data: a fault of a container is a change to it.

export const COREAPP_IMAGE = `docker.whatsapp.biz/coreapp:${VERSION}`;
export const WEBAPP_IMAGE = `docker.whatsapp.biz/web:${VERSION}`;
export const BASE_IMAGE = 'wa-preflight-lab/stand-in:base';
const WEBHOOK_IMAGE = 'wa-preflight-lab/webhook:stand-in';
const POSTGRES_IMAGE = 'postgres:13-lab';
const MARIADB_IMAGE = 'mariadb:lab';

export type DatabaseKind = 'postgresql' | 'mariadb' | 'none';
export const DATABASES: readonly DatabaseKind[] = ['postgresql', 'mariadb', 'none'];

/** What a lab is to be like before any fault. */
export type Wish = {
  readonly topology: Topology;
  readonly database: DatabaseKind;
  /** bridge: the default network, as `network_mode: bridge` of the vendor's single-instance files has it. */
  readonly network: 'user' | 'bridge';
  /** Of this host, where the Webapp is published. */
  readonly address: string;
  readonly port: number;
};

type Published = { readonly container: number; readonly host: number; readonly address: string };

export type Service = {
  readonly name: string;
  readonly image: string;
  /** What the image is for: one of the stand-in's programs, or a real server. */
  readonly program: 'coreapp' | 'web' | 'webhook' | 'database';
  /** Days until the date of the image's label EXPIRES_ON; null for no label. */
  readonly expiresIn: number | null;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly Published[];
  readonly media: boolean;
  readonly restart: { readonly Name: string; readonly MaximumRetryCount?: number };
  readonly logLimits: Readonly<Record<string, string>>;
  readonly network: 'project' | 'bridge';
  /** Its own in the project's network; null for any. */
  readonly address: string | null;
  /** Bytes; null for as much as there is. */
  readonly memory: number | null;
  /** How it is to be left: ended and looping are what its program does by itself. */
  readonly state: 'running' | 'stopped' | 'frozen' | 'ended' | 'looping';
};

/** What the vendor's AWS template has: 7 files of 50 MB. */
const LOG_LIMITS = { 'max-size': '50m', 'max-file': '7' };

/** The login that the client uses: it may create databases, and nothing beyond its own. */
export const DATABASE_USER = { user: 'wa', password: 'Stand-in-database-1' };
/** The one of the vendor's files, for the fault that uses it. */
export const SAMPLE_USER = { user: 'root', password: 'testpass' };

const databaseEnv = (database: DatabaseKind) => ({
  WA_DB_ENGINE: database === 'mariadb' ? 'MYSQL' : 'PGSQL',
  WA_DB_HOSTNAME: 'db',
  WA_DB_PORT: '3306',
  WA_DB_USERNAME: DATABASE_USER.user,
  WA_DB_PASSWORD: DATABASE_USER.password,
  ...(database === 'mariadb' && { WA_DB_CONNECTION_IDLE_TIMEOUT: '180000' }),
});

const plain = (name: string, image: string, program: Service['program']): Service => ({
  ...{ name, image, program, command: [], env: {}, ports: [], media: false, expiresIn: null },
  ...{
    restart: { Name: 'unless-stopped' },
    logLimits: LOG_LIMITS,
    network: 'project',
    address: null,
    memory: null,
    state: 'running',
  },
});

const client = ({ database, network }: Wish, name: string, program: 'coreapp' | 'web'): Service => {
  const waits = `wait_on_${database === 'mariadb' ? 'mysql' : 'postgres'}.sh`;
  return {
    ...plain(name, program === 'web' ? WEBAPP_IMAGE : COREAPP_IMAGE, program),
    expiresIn: 150,
    command: [waits, 'launch_within_docker.sh'].map((script) => `/opt/whatsapp/bin/${script}`),
    env: {
      ...databaseEnv(database),
      ...{ WA_RUNNING_ENV_VERSION: 'v2.2.3', ORCHESTRATION: 'DOCKER-COMPOSE', WA_SECRET: SECRETS.shared },
      ...(database === 'none' && { STAND_IN_NO_DATABASE: '1' }),
    },
    media: true,
    network: network === 'bridge' ? 'bridge' : 'project',
  };
};

const CLUSTER = { WA_APP_MULTICONNECT: '1' };

const coreapp = (wish: Wish, name: string): Service => {
  const one = client(wish, name, 'coreapp');
  if (wish.topology === 'single') return one;
  return {
    ...one,
    env: {
      ...one.env,
      ...{ ...CLUSTER, COREAPP_HOSTNAME: name, COREAPP_EXTERNAL_PORTS: '6250,6251,6252,6253' },
      ...(name.startsWith('master') && { WA_MASTER_NODE: '1' }),
    },
  };
};

const webapp = (wish: Wish): Service => {
  const one = client(wish, 'waweb', 'web');
  const cluster = { ...CLUSTER, WEBAPP_HOSTNAME: 'waweb', WEBAPP_EXTERNAL_PORTS: String(wish.port) };
  return {
    ...one,
    env: {
      ...one.env,
      WA_API_KEY: SECRETS.apiKey,
      ...(wish.topology === 'single' ? { WACORE_HOSTNAME: 'wacore' } : cluster),
    },
    ports: [{ container: 443, host: wish.port, address: wish.address }],
  };
};

const databaseService: Readonly<Record<DatabaseKind, readonly Service[]>> = {
  none: [],
  // As the vendor's files start it.
  postgresql: [{ ...plain('db', POSTGRES_IMAGE, 'database'), command: ['-p', '3306', '-N', '500'] }],
  mariadb: [{ ...plain('db', MARIADB_IMAGE, 'database') }],
};

export const WEBHOOK_PORT = 8443;
const WEBHOOK_COMMAND = ['/opt/stand-in/node', '/opt/stand-in/start.ts', String(WEBHOOK_PORT)];

/** Every container of a healthy lab, in the order in which they start; the webhook is where its URL says. */
export const healthyServices = (wish: Wish, webhookUrl: string): readonly Service[] => [
  { ...plain('webhook', WEBHOOK_IMAGE, 'webhook'), command: WEBHOOK_COMMAND, address: new URL(webhookUrl).hostname },
  ...databaseService[wish.database],
  ...servicesOf(wish.topology).map((name) => coreapp(wish, name)),
  webapp(wish),
];
