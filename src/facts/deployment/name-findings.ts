import { fail, pass, warn } from '../../check.ts';
import type { Deployment } from '../../host/answers/deployment.ts';
import type { DockerAnswers } from '../../host/answers/docker.ts';
import type { Finding } from '../../model.ts';
import type { NamedHost } from './names.ts';

/** A name in a container: by its configuration, and by what trying it from inside came to; null where it was not tried. */
export type TriedName = NamedHost & { readonly tried: { readonly failed: string | null } | null };

export type NamesOfContainer = {
  readonly container: string;
  /** The Compose file that it is made by, null where there is none. */
  readonly file: string | null;
  readonly names: readonly TriedName[];
  /** Links that its start script stumbles over, where it is a Webapp that does not run well. */
  readonly links: readonly string[];
};

type Links = DockerAnswers['links'];

/** What trying a name inside a container came to; null where it was not. */
export const triedIn = (links: Links | null, id: string, name: string): TriedName['tried'] => {
  const targets = links?.containers.find((one) => one.id === id)?.targets.filter(({ host }) => host === name) ?? [];
  if (targets.length === 0) return null;
  const resolved = targets.some(({ addresses, failed }) => addresses.length > 0 || failed?.step !== 'dns');
  return { failed: resolved ? null : (targets.find(({ failed }) => failed)?.failed?.message ?? 'not resolved') };
};

/** The Compose file as its author calls it, by its project's folder. */
export const composeFileOf = ({ from, where }: Deployment, files: readonly string[] | undefined): string | null =>
  files?.[0] ?? (from === 'compose-file' ? where : null);

const spelt = (names: readonly TriedName[]): string =>
  names.map(({ name, variable }) => `${name} (${variable})`).join(', ');

const ownNetwork = (container: string, file: string | null): string =>
  file
    ? `Delete "network_mode: bridge" and links from every service in ${file}, so that Compose makes a network of its own, and run docker compose up -d.`
    : `Put the containers on a network of their own: docker network create waent, then for each docker network connect --alias SERVICE waent CONTAINER (as for ${container}).`;

const isBad = ({ rule, tried }: TriedName): boolean =>
  tried ? tried.failed !== null : rule === 'default-network' || rule === 'other-network';

const badOnes = ({ container, file, names }: NamesOfContainer): readonly Finding[] => {
  const bad = names.filter((one) => one.rule !== 'down' && isBad(one));
  const trapped = bad.filter(({ rule }) => rule === 'default-network' || rule === 'default-network-unknown');
  const apart = bad.filter(({ rule }) => rule === 'other-network');
  const others = bad.filter((one) => !trapped.includes(one) && !apart.includes(one));
  const seen = (some: readonly TriedName[]) => (some.some(({ tried }) => tried) ? ' (so it was seen inside it)' : '');
  const subject = container;
  return [
    ...(trapped.length > 0
      ? [
          fail(
            `${container} is on Docker's default network, where names of containers do not resolve: ${spelt(trapped)}${seen(trapped)}`,
            { subject, remedy: ownNetwork(container, file) },
          ),
        ]
      : []),
    ...(apart.length > 0
      ? [
          fail(`${container} shares no network with the containers that it is to reach by name: ${spelt(apart)}`, {
            subject,
            remedy: `Put ${container} and the containers that it names on one network.`,
          }),
        ]
      : []),
    ...others.map((one) =>
      fail(`${spelt([one])} does not resolve inside ${container}: ${one.tried?.failed}`, {
        subject,
        remedy: `Correct ${one.variable}, or let the name servers that ${container} asks know ${one.name}.`,
      }),
    ),
  ];
};

const doubtful = ({ container, file, names }: NamesOfContainer): readonly Finding[] =>
  names
    .filter(({ tried }) => tried === null)
    .flatMap((one): readonly Finding[] => {
      const subject = container;
      if (one.rule === 'default-network-unknown')
        return [
          warn(
            `${spelt([one])} is no full name, and ${container} is on Docker's default network, where names of containers do not resolve`,
            { subject, remedy: `Give ${one.variable} a full name or an address.` },
          ),
        ];
      if (one.rule !== 'nobody') return [];
      return [
        warn(`${spelt([one])} is the name of no container in the network of ${container}`, {
          subject,
          remedy: `Set ${one.variable} to the Coreapp's service${file ? ` in ${file}` : ''}.`,
        }),
      ];
    });

/** What may be said of one container's names. */
export const nameFindings = (of: NamesOfContainer): readonly Finding[] => {
  const { container, file, names, links } = of;
  const bad = [...badOnes(of), ...doubtful(of)];
  const linked =
    links.length > 0
      ? [
          warn(
            `${container} gets names by links (${links.join(', ')}): for the Coreapp's range of ports newer Docker sets a variable WACORE_PORT_6250-6253_TCP, at which web_setup.sh ends`,
            {
              subject: container,
              remedy: ownNetwork(container, file),
              link: 'https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts/issues/101',
            },
          ),
        ]
      : [];
  if (bad.length + linked.length > 0) return [...bad, ...linked];
  const down = names.filter(({ rule }) => rule === 'down');
  const tried = names.filter((one) => one.tried && !down.includes(one));
  const untried = names.filter((one) => !one.tried && !down.includes(one));
  const left = untried.filter(({ rule }) => rule === 'name-servers');
  const by = [
    tried.length > 0 ? `resolved inside it: ${spelt(tried)}` : '',
    untried.length > left.length
      ? `given by its configuration: ${spelt(untried.filter((one) => !left.includes(one)))}`
      : '',
    left.length > 0 ? `left to the name servers, not tried: ${spelt(left)}` : '',
    down.length > 0 ? `not judged, as its container does not run: ${spelt(down)}` : '',
  ].filter((words) => words !== '');
  return [pass(`${container}: ${by.join('; ') || 'it is given no name of another'}`, { subject: container })];
};
