import { wrapped } from './line.ts';

/** A notice in as many lines as it takes, at most four; quit and help keep their place behind the last. */
export const noticeLines = (notice: string, columns: number): readonly string[] =>
  notice === '' ? [] : wrapped(notice, Math.max(10, columns - 18)).slice(0, 4);

export type Layout = 'wide' | 'middle' | 'narrow' | 'tiny';

/** The layouts by size; below 40x10 there is room for counts only. */
export const layoutOf = (columns: number, rows: number): Layout => {
  if (columns < 40 || rows < 10) return 'tiny';
  if (columns < 60) return 'narrow';
  return columns < 110 ? 'middle' : 'wide';
};
