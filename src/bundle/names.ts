import { nameBook } from '../archive/names.ts';

// Names of a bundle and of what is in it.

const STAMP = /[-:]|\.\d+/g;

/** A host in the name of a file: what no shell and no file system minds. */
const plain = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 64);

/** The name of a bundle, without an ending: `wa-bundle_20261120T070211Z_core-1_3382-1177`. `host` may be a pseudonym. */
export const bundleName = (at: number, host: string, caseId: string | null): string =>
  ['wa-bundle', new Date(at).toISOString().replace(STAMP, ''), plain(host) || 'host', ...(caseId ? [caseId] : [])].join(
    '_',
  );

/** The name of the nth file of a bundle, from 1: the first one is named as the bundle. */
export const volumeName = (name: string, volume: number): string => (volume === 1 ? name : `${name}_volume-${volume}`);

/** What Windows keeps for its devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const MOST_BYTES = 200;

const step = (text: string): string => {
  const safe = text
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}\\:*?"<>|\ufffd]/gu, '_')
    .replace(DEVICE, '_$1')
    .replace(/^ +/, '_')
    .replace(/[. ]+$/, '_');
  if (Buffer.byteLength(safe) <= MOST_BYTES) return safe;
  const ending = /\.[A-Za-z0-9.]{1,16}$/.exec(safe)?.[0] ?? '';
  let kept = safe.slice(0, safe.length - ending.length);
  while (Buffer.byteLength(kept) + ending.length > MOST_BYTES - 1) kept = kept.slice(0, -1);
  return `${kept.toWellFormed()}~${ending}`;
};

const DEEPEST = 32;
const LONGEST = 1000;

/** A relative path that every system can unpack: no way up, no control or invisible character, no name of a device. */
export const memberPath = (path: string): string => {
  const steps = path.split('/').filter((one) => !['', '.', '..'].includes(one));
  const safe = steps.slice(-DEEPEST).map(step);
  while (safe.length > 1 && Buffer.byteLength(safe.join('/')) > LONGEST) safe.shift();
  return safe.join('/') || '_';
};

/** The nth name for a file whose name was taken: a number before its ending; every second one also on its folders, where one is a file. */
const candidate = (path: string, nth: number): string => {
  if (nth === 1) return path;
  const steps = path.split('/');
  const file = (steps.pop() ?? '_').replace(/((?:\.[^./]{1,16})*)$/, (ending) => `~${nth}${ending}`);
  return [...steps.map((one) => (nth % 2 === 0 ? one : `${one}~${nth}`)), file].join('/');
};

/** Gives each file a path of its own: no other file's, on any system, and none that is a folder too. */
export const pathBook = (): ((path: string) => string) => {
  const book = nameBook();
  const next = new Map<string, number>();
  return (wanted) => {
    const path = memberPath(wanted);
    for (let nth = next.get(path) ?? 1; ; nth += 1) {
      const name = candidate(path, nth);
      if (book.enter(name, 'file') !== null) continue;
      next.set(path, nth + 1);
      return name;
    }
  };
};
