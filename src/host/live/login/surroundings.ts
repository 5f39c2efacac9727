import { join } from 'node:path';
import type { Draft } from './draft.ts';
import type { Look } from './place.ts';
import type { Values } from './values.ts';

/** What a driver's own variables and files add to a URL. */
export type Added = Pick<Draft, 'host' | 'port' | 'socket' | 'user' | 'database' | 'password' | 'tls'> & {
  readonly places: Look['places'];
  readonly exposed: readonly string[];
};

/** Where conventions look: variables, and the home folder. */
export type Surroundings = { readonly environment: Values; readonly home: string };

/** A file of the home folder. */
export const inHome = ({ home }: Surroundings, name: string): string => join(home, name);
