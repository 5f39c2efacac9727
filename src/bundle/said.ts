import type { Cleaner } from './cleaner.ts';
import { memberPath } from './names.ts';

const WITHHELD = 'a text that could not be cleaned';

/** A sentence that may leave; where it cannot be cleaned, it stays. */
export const said = (text: string, cleaner: Cleaner): string => {
  try {
    return cleaner.text(text);
  } catch {
    return WITHHELD;
  }
};

/** The names of a path, each cleaned by itself; a path that cannot be cleaned keeps its first folder alone. */
export const namedAs = (path: string, cleaner: Cleaner): string => {
  try {
    return path
      .split('/')
      .map((step) => cleaner.name(step))
      .join('/');
  } catch {
    return `${memberPath(path).split('/')[0]?.replace(/\W.*/, '') || 'file'}/withheld-name`;
  }
};
