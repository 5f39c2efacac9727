import type { PasswordTrap } from '../host/answers/database.ts';

/**
 * Passwords of the vendor's own compose, env and template files.
 * https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts
 */
const SAMPLES = new Set(['testpass', 'user123pwd', 'secret']);

const KINDS: readonly (readonly [PasswordTrap, RegExp])[] = [
  ['empty', /^$/],
  // The vendor's own list of characters to avoid, from its templates and from WADebug.
  ['vendor-unsafe', /[?{}&~!()^=]/],
  ['hash', /#/],
  ['dollar', /\$/],
  ['quote', /['"`]/],
  ['space', /\s/],
  ['backslash', /\\/],
  ['non-ascii', /[^\x20-\x7e\t\n\v\f\r]/],
];

/** What kinds of trap a password holds; never which characters, nor how many. */
export const passwordTraps = (password: string): readonly PasswordTrap[] => [
  ...KINDS.flatMap(([kind, holds]) => (holds.test(password) ? [kind] : [])),
  ...(SAMPLES.has(password) ? (['sample'] as const) : []),
];
