import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseRoot } from './database-root.ts';
import { expiry } from './deployments.ts';
import type { Engine } from './engine.ts';
import { archiveOf, copyOf, folder, librariesOf, type Root, text, treeOf } from './root.ts';
import { BASE_IMAGE, type DatabaseKind, type Service } from './services.ts';
import { BANNER } from './stand-in/deployment.ts';

/** The label of everything that a lab makes; its value names the lab. */
export const LAB_LABEL = 'wa-preflight.lab';
/** Says what the images are not. */
const STAND_IN_LABEL = 'wa-preflight.stand-in';

const HOME = '/opt/stand-in';
const SCRIPTS = ['wait_on_mysql.sh', 'wait_on_postgres.sh', 'launch_within_docker.sh'];
/** An interpreter takes one argument: the shell scripts of the client are the stand-in's program here. */
const SCRIPT = `#!${HOME}/node ${HOME}/start.ts\n# A stand-in: this is not the client's script.\n`;

/** The Node that runs this, its libraries, the stand-in's programs, and the folders that the client has. */
const standInRoot = (): Root =>
  new Map([
    ...librariesOf(process.execPath),
    ...treeOf(join(dirname(fileURLToPath(import.meta.url)), 'stand-in'), HOME),
    [`${HOME}/node`, copyOf(process.execPath)],
    [`${HOME}/package.json`, text('{"type":"module"}\n')],
    ...SCRIPTS.map((name): [string, ReturnType<typeof text>] => [`/opt/whatsapp/bin/${name}`, text(SCRIPT, 0o755)]),
    ['/tmp', folder(0o1777)],
    ['/opt/certs', folder()],
    ['/run/stand-in', folder()],
    ...['data', 'logs'].map((name): [string, ReturnType<typeof folder>] => [`/usr/local/waent/${name}`, folder()]),
    ...['incoming', 'outgoing', 'shared'].map((name): [string, ReturnType<typeof folder>] => [
      `/usr/local/wamedia/${name}`,
      folder(),
    ]),
    ['/var/log/whatsapp', folder()],
    ['/etc/nsswitch.conf', text('hosts: files dns\n')],
    ['/etc/passwd', text('root:x:0:0:root:/root:/bin/false\n')],
  ]);

const partsOf = (image: string) => {
  const [, repo = '', tag = ''] = /^(.*):([^:/]*)$/.exec(image) ?? [];
  return `repo=${encodeURIComponent(repo)}&tag=${encodeURIComponent(tag)}`;
};
const changesOf = (lines: readonly string[]): string => `changes=${encodeURIComponent(lines.join('\n'))}`;
const labels = (lab: string): string => `LABEL ${LAB_LABEL}="${lab}" ${STAND_IN_LABEL}="${BANNER}"`;

const importImage = (engine: Engine, image: string, root: Root, changes: readonly string[]): Promise<void> =>
  engine.upload(`/images/create?fromSrc=-&${partsOf(image)}&${changesOf(changes)}`, archiveOf(root));

type Inspected = { readonly Id: string; readonly Config: { readonly Labels: Readonly<Record<string, string>> | null } };

/** An image as the Engine has it; null where it has none of this name. */
export const imageOf = async (engine: Engine, image: string): Promise<Inspected | null> => {
  const { status, body } = await engine.ask({ path: `/images/${encodeURIComponent(image)}/json` });
  return status === 200 ? (JSON.parse(body) as Inspected) : null;
};

/** Names an image that is the base with this service's labels and program: `docker commit` of a container that never ran. */
const commitImage = async (engine: Engine, lab: string, { image, program, expiresIn }: Service): Promise<void> => {
  const { Id } = await engine.demand<{ Id: string }>({
    ...{ method: 'POST', path: '/containers/create' },
    body: { Image: BASE_IMAGE, Cmd: [`${HOME}/node`], Labels: { [LAB_LABEL]: lab } },
  });
  const changes = [
    `ENV STAND_IN_PROGRAM=${program}`,
    ...(expiresIn === null ? [] : [`LABEL EXPIRES_ON=${expiry(expiresIn).slice(0, 10)}`]),
  ];
  const path = `/commit?container=${Id}&${partsOf(image)}&pause=0&${changesOf(changes)}`;
  await engine.demand({ method: 'POST', path, body: {} });
  await engine.demand({ method: 'DELETE', path: `/containers/${Id}?v=1&force=1` });
};

const importDatabase = async (engine: Engine, lab: string, image: string, kind: DatabaseKind): Promise<void> => {
  if (kind === 'none') return;
  const { root, changes, end } = await databaseRoot(kind, lab);
  await importImage(engine, image, root, [labels(lab), ...changes]).finally(end);
};

/** Makes what images are missing or have another date, and tells which had to be made. */
export const ensureImages = async (
  engine: Engine,
  lab: string,
  database: DatabaseKind,
  services: readonly Service[],
): Promise<ReadonlySet<string>> => {
  const own = [...new Map(services.map((service) => [service.image, service])).values()];
  const found = new Map(
    await Promise.all(own.map(async ({ image }) => [image, await imageOf(engine, image)] as const)),
  );
  const dateOf = ({ expiresIn }: Service) => (expiresIn === null ? undefined : expiry(expiresIn).slice(0, 10));
  const wanted = own.filter((service) => {
    const there = found.get(service.image);
    return !there || (service.program !== 'database' && there.Config.Labels?.['EXPIRES_ON'] !== dateOf(service));
  });
  const servers = wanted.filter(({ program }) => program === 'database');
  const base = async () => {
    if (!(await imageOf(engine, BASE_IMAGE))) await importImage(engine, BASE_IMAGE, standInRoot(), [labels(lab)]);
  };
  await Promise.all([base(), ...servers.map(({ image }) => importDatabase(engine, lab, image, database))]);
  for (const service of wanted) if (service.program !== 'database') await commitImage(engine, lab, service);
  return new Set(wanted.map(({ image }) => image));
};
