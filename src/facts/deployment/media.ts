import { fail, pass, warn } from '../../check.ts';
import type { DeployedContainer } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';

/** How one container has the folder of media. */
export type MediaOf = {
  readonly name: string;
  readonly file: string | null;
  readonly mount: {
    readonly type: string;
    readonly source: string;
    readonly destination: string;
    readonly driver: string | null;
    readonly remote: boolean;
    readonly writable: boolean;
  } | null;
};

/** Whether a mount holds a folder: it is mounted there, or above it. */
const holds = (destination: string, folder: string): boolean =>
  destination === folder || folder.startsWith(`${destination.replace(/\/$/, '')}/`);

/** The mount that holds the folder of media, the deepest where several do. */
export const mediaOf = (container: DeployedContainer, folder: string, file: string | null): MediaOf => {
  const [mount = null] = container.mounts
    .filter(({ destination }) => holds(destination, folder))
    .toSorted((one, other) => other.destination.length - one.destination.length);
  return { name: container.name, file, mount };
};

const one = ({ name, file, mount }: MediaOf, folder: string): readonly Finding[] => {
  const subject = name;
  const where = file ? ` in ${file}` : '';
  if (mount === null)
    return [
      fail(`${name} has no volume at ${folder}: its media are lost with it, and the others do not see them`, {
        subject,
        remedy: `Add whatsappMedia:${folder} to its volumes${where}, and make it anew.`,
      }),
    ];
  if (!mount.writable)
    return [
      fail(`${name} may only read ${folder} (${mount.source}); it has to write there`, {
        subject,
        remedy: `Take :ro off its volume${where}, and make it anew.`,
      }),
    ];
  if (mount.source === '' && mount.type !== 'tmpfs')
    return [
      fail(`${name} has a volume of its own at ${folder}, without a name: the others do not see its media`, {
        subject,
        remedy: `Mount whatsappMedia:${folder} instead${where}, and make it anew.`,
      }),
    ];
  if (mount.type !== 'tmpfs') return [];
  return [
    fail(`${name} has ${folder} in memory alone (tmpfs): its media are lost when it stops`, {
      subject,
      remedy: `Mount whatsappMedia:${folder} instead${where}, and make it anew.`,
    }),
  ];
};

/** What may be said of the folder of media in one deployment. `spread`: it goes beyond this host. */
export const mediaFindings = (all: readonly MediaOf[], spread: boolean, folder: string): readonly Finding[] => {
  const bad = all.flatMap((each) => one(each, folder));
  const mounts = all.flatMap(({ name, mount }) =>
    mount && mount.type !== 'tmpfs' && mount.source !== '' ? [{ name, ...mount }] : [],
  );
  const sources = Object.entries(Object.groupBy(mounts, ({ source }) => source));
  const told = sources.map(([source, some = []]) => `${source} (${some.map(({ name }) => name).join(', ')})`);
  // Two volumes may be one export of a file server, which is not told.
  const apart =
    sources.length > 1 && !mounts.every(({ remote }) => remote)
      ? [
          fail(`The containers do not share one ${folder}: ${told.join(' and ')}`, {
            remedy: `Mount the same volume at ${folder} in all of them.`,
          }),
        ]
      : [];
  const local = mounts.filter(({ type, driver, remote }) => type === 'volume' && driver === 'local' && !remote);
  const kept =
    spread && local.length > 0
      ? [
          warn(
            `${[...new Set(local.map(({ source }) => source))].join(', ')} is a volume of this host alone, while the cluster goes beyond it: media are not shared`,
            { remedy: 'Give the volume driver_opts of a file server (type: nfs) that all hosts mount.' },
          ),
        ]
      : [];
  const found = [...bad, ...apart, ...kept];
  return found.length > 0 ? found : [pass(`${folder}: ${told.join(' and ')}, to read and write`)];
};
