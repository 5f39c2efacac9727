import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import type { PasswordTrap } from '../../src/host/answers/database.ts';

/** Each kind in words that show nothing of the password. */
const KINDS: Readonly<Record<PasswordTrap, (unsafe: string) => string>> = {
  empty: () => 'is empty',
  'vendor-unsafe': (unsafe) => `holds a character that the vendor lists as unsafe (${unsafe})`,
  hash: () => 'holds a "#", which some versions of Compose take for the start of a comment',
  dollar: () => 'holds a "$", which Compose replaces by the value of a variable',
  quote: () => 'holds a quote, which Compose and a shell may take away',
  space: () => 'holds a space, at which readers of env files may end the value',
  backslash: () => 'holds a backslash, which readers of env files may take for an escape',
  'non-ascii': () => 'holds a character beyond ASCII, which depends on the encoding of each reader',
  sample: () => "is a sample password of the vendor's files",
};

/** Whether a password survives the vendor's scripts and every reader of an env file. Names kinds, never a character. */
export const databasePassword = defineCheck({
  id: 'database.password',
  title: 'Database password',
  group: 'database',
  phase: 'before',
  touches: 'Looks at the password of the login in memory, and at the mode of the file it came from.',
  remedy: 'Choose a password of letters, digits, "-" and "_", and keep its file to its owner (chmod 600).',
  requirement: z.strictObject({ unsafe: z.string().check(z.minLength(1)) }),
  limit: () => ({ op: 'is', value: 'safe', display: 'no unsafe characters, no sample' }),
  async measure(host) {
    const { from, hasPassword, passwordTraps, readableByOthers } = await loginOf(host);
    const traps: PasswordTrap[] =
      hasPassword || passwordTraps.includes('empty') ? [...passwordTraps] : ['empty', ...passwordTraps];
    return { from, traps, readableByOthers };
  },
  figure: ({ traps }) => ({ value: traps.length, unit: '{trap}', display: traps.join(', ') || 'no trap' }),
  judge({ from, traps, readableByOthers }, { unsafe }) {
    const held = traps.map((trap) =>
      warn(`The password (${from}) ${KINDS[trap](unsafe)}`, {
        subject: trap,
        remedy: 'Choose a password of letters, digits, "-" and "_" at the server and in the file.',
      }),
    );
    const open = readableByOthers.map((file) =>
      warn(`Others than its owner may read the password: ${file}`, {
        subject: file,
        remedy: 'Keep the file to its owner (chmod 600).',
      }),
    );
    if (held.length + open.length > 0) return [...held, ...open];
    return pass(`The password (${from}) holds nothing that the vendor or readers of env files trip over`);
  },
});
