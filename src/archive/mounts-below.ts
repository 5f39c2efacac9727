import { readFileSync } from 'node:fs';

/** Where something else is mounted below a folder, told by the kernel: a mount that hangs is not even looked at. */
export const mountsBelow = (folder: string): ReadonlySet<string> => {
  const unescaped = (text: string): string =>
    Buffer.from(
      text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
      'latin1',
    ).toString('utf8');
  try {
    const points = readFileSync('/proc/self/mountinfo', 'latin1')
      .split('\n')
      .flatMap((line) => line.split(' ')[4] ?? []);
    const root = folder === '/' ? '/' : `${folder}/`;
    return new Set(
      points.map(unescaped).flatMap((point) => (point.startsWith(root) ? [point.slice(root.length)] : [])),
    );
  } catch {
    return new Set();
  }
};
