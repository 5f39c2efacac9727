import { dirname } from 'node:path';
import type { DeployedContainer, Deployment } from '../../answers/deployment.ts';
import { type ComposeService, type ReadCompose, readCompose } from '../login/compose-reading.ts';
import { composeMounts } from './compose-mounts.ts';
import { composeNetworks } from './compose-networks.ts';
import { composePorts, exposedPorts } from './compose-ports.ts';
import { keysOf, listOf, mapOf, textOf } from './compose-words.ts';
import { type Clues, isDatabase, isMonitoring, LAUNCHER, MEDIA, roleOf, signsOf, tagOf } from './recognise.ts';
import { variableWords } from './variables.ts';

type Described = Omit<DeployedContainer, 'role' | 'recognisedBy' | 'variables'> & {
  readonly clues: Clues;
  readonly env: ComposeService['environment'];
};

const DEPLOYED_AS: Readonly<Record<string, string>> = { any: 'always', none: 'no' };

/** "no", "always", "unless-stopped", "on-failure": `deploy` goes before `restart`. */
const restartOf = (rest: ComposeService['rest']): string => {
  const condition = textOf(mapOf(mapOf(rest['deploy'])['restart_policy'])['condition']);
  if (condition) return DEPLOYED_AS[condition] ?? condition;
  const restart = textOf(rest['restart']).split(':')[0] ?? '';
  return restart === '' || restart === 'false' ? 'no' : restart;
};

const logOf = (rest: ComposeService['rest']): DeployedContainer['log'] => {
  const logging = mapOf(rest['logging']);
  const options = mapOf(logging['options']);
  const option = (name: string) => textOf(options[name]) || null;
  return { driver: textOf(logging['driver']), maxSize: option('max-size'), maxFile: option('max-file'), path: null };
};

const spoken = ({ rest }: ComposeService): boolean => /whatsapp/i.test(textOf(rest['image']));

const described = (service: ComposeService, file: ReadCompose, path: string): Described => {
  const { name, environment, rest } = service;
  const image = textOf(rest['image']);
  const ports = composePorts(rest['ports']);
  const mounts = composeMounts(rest['volumes'], { ...file, path });
  const command = [rest['entrypoint'], rest['command']].flatMap(listOf).map(textOf).join(' ');
  return {
    ...{ id: '', name, image, tag: tagOf(image), imageFacts: null, state: null },
    ...composeNetworks(service, file),
    links: [...listOf(rest['links']), ...listOf(rest['external_links'])].map(
      (link) => textOf(link).split(':').at(-1) ?? '',
    ),
    extraHosts: keysOf(rest['extra_hosts'], /[:=]/).toSorted(),
    ...{ ports, mounts, restartPolicy: restartOf(rest), log: logOf(rest) },
    compose: { project: file.project, service: name, folder: dirname(path), files: [path] },
    privileged: textOf(rest['privileged']) === 'true',
    env: environment,
    clues: {
      ...{ image, service: name, spoken: spoken(service) },
      media: mounts.some(({ destination }) => destination === MEDIA),
      launcher: command.includes(LAUNCHER),
      ports: [...ports.map(({ container }) => container), ...exposedPorts(rest['expose'])],
      env: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, value ?? ''])),
    },
  };
};

/** The names that others call a service by. */
const namesOf = ({ name, networks }: Described): readonly string[] => [
  name,
  ...networks.flatMap(({ aliases }) => aliases),
];

type Recognised = Pick<DeployedContainer, 'role' | 'recognisedBy'>;

const recognised = (one: Described, targets: ReadonlySet<string>): Recognised | null => {
  const signs = signsOf(one.clues);
  const role = roleOf(one.clues);
  if (signs.length > 0 && role) return { role, recognisedBy: [...signs] };
  const named = namesOf(one).some((name) => targets.has(name.toLowerCase()));
  if (isDatabase(one.image) || named) {
    const by = { image: isDatabase(one.image), 'database of WA_DB_HOSTNAME': named };
    return { role: 'database', recognisedBy: Object.entries(by).flatMap(([sign, there]) => (there ? [sign] : [])) };
  }
  return isMonitoring(one.image) ? { role: 'monitoring', recognisedBy: ['image'] } : null;
};

/** The deployment that a Compose file describes. Rejects with a sentence where the file cannot be read. */
export const composeDeployment = async (path: string, signal: AbortSignal): Promise<Deployment> => {
  const file = await readCompose(path, signal);
  const all = file.services.map((service) => described(service, file, path));
  const clients = all.filter(({ clues }) => signsOf(clues).length > 0);
  const targets = new Set(clients.flatMap(({ env }) => env['WA_DB_HOSTNAME']?.toLowerCase() || []));
  const variables = variableWords();
  const containers = all.flatMap((one): readonly DeployedContainer[] => {
    const as = recognised(one, targets);
    const { clues: _, env, ...told } = one;
    return as ? [{ ...told, ...as, variables: variables(env) }] : [];
  });
  const others = all.length - containers.length;
  const base = { where: path, onlyRunning: false, others, notInspected: [] };
  if (containers.length === 0)
    return { ...base, from: 'nothing', nothing: `no service of ${path} is the client's`, containers: [] };
  return { ...base, from: 'compose-file', nothing: null, containers };
};
