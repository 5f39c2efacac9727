import { tooDeep } from '../../../depth.ts';
import type { Json } from '../../../model.ts';

/** More values than any node of the API has; a body of millions of nothings would fill the memory. */
const MOST_VALUES = 300_000;

const MARKS = new Set([...',:[{'].map((mark) => mark.charCodeAt(0)));

const tooMany = (body: Buffer): boolean => {
  let marks = 0;
  for (const byte of body) if (MARKS.has(byte)) marks += 1;
  return marks > 2 * MOST_VALUES;
};

/**
 * The JSON of a body, null where it is none or no such that anybody would send: nested deeper than 64 levels, or of more than
 * 300,000 values. A mark of byte order is no fault; of a name that is there twice the last one counts.
 */
export const jsonOf = (body: Buffer): Json => {
  if (body.length === 0 || tooMany(body)) return null;
  try {
    const json: Json = JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
    return tooDeep(json) ? null : json;
  } catch {
    return null;
  }
};
