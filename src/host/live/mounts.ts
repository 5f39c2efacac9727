import { kernelText } from './kernel-files.ts';

/** One line of /proc/self/mountinfo. `root` is the folder of the file system that is mounted at `point`. */
export type MountLine = {
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
  readonly options: string;
};

const plain = (field: string): string =>
  field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** The mount table of this process (proc(5), mountinfo), as far as a MiB of it goes. Touches no mount. */
export const mountLines = (root = ''): readonly MountLine[] =>
  (kernelText(`${root}/proc/self/mountinfo`) ?? '').split('\n').flatMap((line) => {
    const [left = '', right] = line.split(' - ');
    const [, , , inner, point] = left.split(' ');
    const [type = '', source = '', options = ''] = right?.split(' ') ?? [];
    return inner && point ? [{ root: plain(inner), point: plain(point), type, source: plain(source), options }] : [];
  });
