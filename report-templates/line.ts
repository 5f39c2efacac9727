import type { Result } from '../src/model.ts';
import type { Look } from './look.ts';
import * as words from './words.ts';

/** One finished check on one line, for standard error; not cut, whatever the width: logs are read later. */
export const line = (result: Result, look: Look): string => {
  const state = words.stateOf(result);
  const { word, colour } = words.SIGNS[state];
  const sign = words.paint(`${words.symbolOf(state, look)} ${word}`, colour, look);
  return `${sign} ${words.told(result.id, look)}: ${words.told(result.message, look)}`;
};
