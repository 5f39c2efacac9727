/** One line of /proc/self/mountinfo. */
export type Mount = {
  readonly id: number;
  readonly majorMinor: string;
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly superOptions: readonly string[];
};

/** The kernel writes space, tab, newline, backslash, comma and `#` as octal: `\040`. */
const plain = (text: string): string => {
  const bytes = text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

// A comma within an option is written as octal too: the list is split first.
const optionsOf = (text = ''): readonly string[] => text.split(',').map(plain);

/** Reads /proc/self/mountinfo, given as latin1 so that no byte of a name is lost. Lines that make no sense are left out. */
export const parseMounts = (latin1: string): readonly Mount[] =>
  latin1.split('\n').flatMap((line) => {
    const fields = line.split(' ');
    const dash = fields.indexOf('-', 6);
    const [id, , majorMinor, root, point, options] = fields;
    const [type, source, superOptions] = fields.slice(dash + 1);
    if (dash < 0 || !majorMinor || root === undefined || point === undefined || !type) return [];
    return {
      id: Number(id),
      majorMinor,
      root: plain(root),
      point: plain(point),
      type: plain(type),
      source: plain(source ?? ''),
      options: optionsOf(options),
      superOptions: optionsOf(superOptions),
    };
  });

const NETWORK =
  /^(nfs4?|cifs|smb3|smbfs|ceph|9p|virtiofs|afs|lustre|gpfs|beegfs|glusterfs|ocfs2|gfs2|vboxsf|fuse\.(sshfs|glusterfs|ceph|s3fs|rclone|gcsfuse|vmhgfs-fuse|juicefs|cephfs))$/;

/** Whether a type of file system is one that several hosts share over a network. */
export const isNetworkType = (type: string): boolean => NETWORK.test(type);

/** The value of an option such as `upperdir=/x`, null where it is not set. */
export const optionOf = (mount: Mount, name: string): string | null =>
  mount.superOptions.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;

const within = (path: string, point: string): boolean =>
  point === '/' || path === point || path.startsWith(`${point}/`);

/** The mount that a path seems to be on by its name alone: for paths that must not be touched. The last one wins. */
export const mountByName = (path: string, mounts: readonly Mount[]): Mount | null =>
  mounts.reduce<Mount | null>(
    (best, mount) => (within(path, mount.point) && mount.point.length >= (best?.point.length ?? 0) ? mount : best),
    null,
  );
