import { oneLine } from '../printable.ts';

// Names of members are foreign text: a name that could lead out of a folder, or stand for two files, is refused.

const MOST_PART = 255;
const MOST_PATH = 4096;
const MOST_DEPTH = 64;
const MOST_SHOWN = 80;
/** Of all names of an archive together, characters: they are kept to find equal ones. */
const MOST_NAMES = 8 << 20;

/** A name of a member as it is shown: in quotes, on one line, not longer than about a line. */
export const shownName = (name: string): string => {
  const line = oneLine(name);
  return `"${line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN).replace(/\p{Surrogate}$/u, '')}…` : line}"`;
};

const partFault = (part: string, shown: string): string | null => {
  if (part === '..') return `the name of the member ${shown} leads out of the archive by ".."`;
  if (part === '.') return `the name of the member ${shown} has a part "."`;
  if (part === '') return `the name of the member ${shown} has an empty part`;
  if (Buffer.byteLength(part) > MOST_PART)
    return `a part of the name of the member ${shown} is longer than ${MOST_PART} bytes`;
  return null;
};

const drive = /^[A-Za-z]:/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0001-\u001f\u007f-\u009f]/;

/** A name without the `./` that programs begin every name with when they pack the folder they stand in. */
export const withoutDot = (name: string): string => name.replace(/^(\.\/)+/, '');

/** Why a name of a file is refused, in a sentence; null where it is relative and plain. */
export const nameFault = (name: string): string | null => {
  const shown = shownName(name);
  if (name === '') return 'a member has no name';
  if (name.includes('\0')) return `the name of the member ${shown} holds a NUL`;
  if (CONTROL.test(name)) return `the name of the member ${shown} holds control characters`;
  if (Buffer.byteLength(name) > MOST_PATH) return `the name of the member ${shown} is longer than ${MOST_PATH} bytes`;
  if (/^(\\\\|\/\/)/.test(name)) return `the name of the member ${shown} is a path to another machine`;
  if (name.startsWith('/')) return `the name of the member ${shown} is an absolute path`;
  if (drive.test(name)) return `the name of the member ${shown} begins with a drive letter`;
  if (name.includes('\\')) return `the name of the member ${shown} holds a backslash, which leads elsewhere on Windows`;
  const parts = name.split('/');
  if (parts.length > MOST_DEPTH) return `the member ${shown} lies deeper than ${MOST_DEPTH} folders`;
  for (const part of parts) {
    const fault = partFault(part, shown);
    if (fault) return fault;
  }
  return null;
};

/** Remembers the names of an archive; `enter` gives the sentence for a name that is refused, or null. */
export type NameBook = { readonly enter: (name: string, kind: 'file' | 'folder') => string | null };

/** A new book without names. */
export const nameBook = (): NameBook => {
  // By their folded form: what Windows and macOS take for one name.
  const files = new Map<string, string>();
  const folders = new Set<string>();
  let length = 0;
  const both = (shown: string) => `the name ${shown} is a file and a folder in this archive`;
  return {
    enter: (name, kind) => {
      const fault = nameFault(name);
      if (fault) return fault;
      const shown = shownName(name);
      length += name.length;
      if (length > MOST_NAMES) return `the names of the members are longer than ${MOST_NAMES / 2 ** 20} MiB together`;
      const composed = name.normalize('NFC');
      const folded = composed.toLowerCase();
      const known = files.get(folded);
      if (kind === 'folder') {
        if (known !== undefined) return both(shown);
        folders.add(folded);
        return null;
      }
      if (known === name) return `the name ${shown} is there twice`;
      if (known !== undefined && known.normalize('NFC') === composed)
        return `the names ${shown} and ${shownName(known)} look the same and differ in how Unicode composes them`;
      if (known !== undefined) return `the names ${shown} and ${shownName(known)} differ by upper and lower case alone`;
      if (folders.has(folded)) return both(shown);
      for (let at = folded.indexOf('/'); at >= 0; at = folded.indexOf('/', at + 1)) {
        const folder = folded.slice(0, at);
        if (files.has(folder)) return both(shownName(folder));
        folders.add(folder);
      }
      files.set(folded, name);
      return null;
    },
  };
};
