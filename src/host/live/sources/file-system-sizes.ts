import type { FileSystemSize } from '../../child/file-systems.ts';
import { parseMounts } from '../../child/mounts.ts';
import type { Source } from '../../source.ts';
import { kernelText } from '../kernel-files.ts';
import { askPatiently } from './foreign.ts';
import type { AllPatience } from './patience.ts';
import { jsonText, wholeOf } from './source-of.ts';

const NETWORKED = /^(nfs|cifs|smb|ceph|fuse|9p|virtiofs|glusterfs|lustre|afs|beegfs)/;
/** Those that hold no files of anybody's. */
const UNREAL =
  /^(proc|sysfs|cgroup2?|devpts|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|rpc_pipefs|binfmt_misc|nsfs|autofs|efivarfs)$/;
const MOST_MOUNTS = 300;

/** The mounts whose sizes are wanted with their types, those of file servers last. */
const wantedMounts = (): ReadonlyMap<string, string> => {
  const mounts = parseMounts(kernelText('/proc/self/mountinfo') ?? '').filter(({ type }) => !UNREAL.test(type));
  const far = (type: string) => Number(NETWORKED.test(type));
  const sorted = mounts.toSorted((one, other) => far(one.type) - far(other.type)).slice(0, MOST_MOUNTS);
  return new Map(sorted.map(({ point, type }) => [point, type]));
};

/** Sizes of file systems: one that hangs keeps the sizes of those before it from nobody. */
export const sizesFile = ({ sizes: patience }: AllPatience): Source => {
  const planned = { path: 'host/file-systems.json', part: 'host', collector: 'statfs', priority: 1 } as const;
  const origin = 'sizes of mounted file systems';
  return wholeOf({ ...planned, origin, form: 'json' }, async (signal) => {
    const wanted = wantedMounts();
    const told: FileSystemSize[] = [];
    const heard = ({ note }: { readonly note?: string }) =>
      void (note && told.push(JSON.parse(note) as FileSystemSize));
    const question = { ask: 'file-systems', about: [...wanted.keys()] };
    const why = await askPatiently(patience, question, signal, heard).then(
      () => null,
      (error: Error) => {
        signal.throwIfAborted();
        if (told.length === 0) throw error;
        return error.message;
      },
    );
    const sizes = told.map((one) => ({ type: wanted.get(one.path) ?? null, ...one }));
    const notTold = [...wanted.keys()].filter((path) => !told.some((one) => one.path === path));
    const reason = `${notTold.length} of ${wanted.size} file systems told nothing: ${why}`;
    return { text: jsonText({ sizes, notTold }), lack: why === null ? null : { state: 'cut', reason } };
  });
};
