import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, warn } from '../../src/check.ts';
import { alterPlugin } from '../../src/facts/database/account.ts';
import { connectRemedy, failureWords, STEP_WORDS } from '../../src/facts/database/connect.ts';
import { loginOf } from '../../src/facts/database/login.ts';

/** Failures of a login that its way of authentication is the reason of. */
const BY_PLUGIN = new Set(['auth-plugin', 'cleartext-refused']);

/** How the database user proves who it is, and whether the client can do so. */
export const databaseAuth = defineCheck({
  id: 'database.auth',
  title: 'Database authentication',
  group: 'database',
  phase: 'before',
  touches: "Reads this user's authentication plugin, or how the server asked at login.",
  remedy: 'Let the user log in by mysql_native_password.',
  requirement: z.strictObject({ plugins: z.array(z.string()).check(z.minLength(1)) }),
  limit: ({ plugins }) => ({ op: 'in', value: plugins, display: plugins.join(' or ') }),
  async measure(host) {
    const login = await loginOf(host);
    const { target, address, failed, authentication } = await host.database('connect');
    const rights = failed || login.engine !== 'mysql' ? null : await host.database('rights');
    const account = rights?.currentUser || login.user;
    const plugin = (rights?.engine === 'mysql' ? rights.plugin : null) ?? authentication;
    return { ...login, target, address, failed, plugin, account };
  },
  figure: ({ plugin }) => ({ value: plugin, display: plugin ?? 'not told' }),
  judge(measured, { plugins }) {
    const { engine, user, account, plugin, failed, tls } = measured;
    if (failed && BY_PLUGIN.has(failed.kind))
      return fail(`The login as ${user} failed because of ${plugin ?? 'its authentication'}: ${failureWords(failed)}`, {
        remedy: connectRemedy(failed, { ...measured, tlsMode: tls.mode }),
      });
    if (failed)
      return skip(`Not asked: database.connect failed at ${STEP_WORDS[failed.step]}.`, {
        subject: 'database.connect',
      });
    if (engine === 'postgresql')
      return skip(`PostgreSQL knows no authentication plugins; this login was asked for by ${plugin ?? 'nothing'}.`);
    if (plugin === null)
      return skip("The user's authentication plugin is not told; the login worked.", {
        remedy: 'Ask as that user: SHOW CREATE USER CURRENT_USER().',
      });
    if (plugins.includes(plugin)) return pass(`User ${user} logs in by ${plugin}`);
    return warn(
      `User ${user} logs in by ${plugin}; the vendor's files start the server with ${plugins.join(' or ')}, and a client that does not know the other cannot log in`,
      { remedy: `Let it log in as the vendor's files do (${alterPlugin(account, plugins[0])}).` },
    );
  },
});
