import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { ENGINE_NAMES, loginOf } from '../../src/facts/database/login.ts';
import { databaseVersion } from '../../src/facts/database/version.ts';
import type { DatabaseEngine } from '../../src/host/login.ts';

const series = z.array(z.string().check(z.regex(/^\d+(\.\d+)?$/, 'not a release series such as "8.0"')));
/** So much of a server's own words is shown. */
const SHOWN = 200;
const listed = (engine: DatabaseEngine, all: readonly string[]) => `${ENGINE_NAMES[engine]} ${all.join(', ')}`;

/** What the server really is, by its own words inside a session, and whether the vendor lists it. */
export const databaseServerVersion = defineCheck({
  id: 'database.version',
  title: 'Database version',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches: 'Reads version(), @@version_comment and the signs of compatible products from the catalogue.',
  remedy: 'Move to a MySQL or PostgreSQL release that the vendor lists.',
  requirement: z.strictObject({
    mysql: series,
    postgresql: series,
    /** The one version that the vendor names itself. */
    named: z.string(),
  }),
  limit: ({ mysql, postgresql }) => ({
    op: 'in',
    value: { mysql, postgresql },
    display: `${listed('mysql', mysql)} or ${listed('postgresql', postgresql)}`,
  }),
  async measure(host) {
    await loginOf(host);
    const { engine, version, comment, signs } = await host.database('server');
    const read = databaseVersion({ engine, version, comment, signs });
    return { engine, version: version.slice(0, SHOWN), comment: comment?.slice(0, SHOWN) ?? null, signs, ...read };
  },
  figure: ({ version, name, numbers }) => ({
    value: numbers,
    display: numbers ? `${name} ${numbers}` : version.trim() || 'nothing',
  }),
  judge({ engine, version, comment, product, name, kinship, numbers, series: own, prerelease }, requirement) {
    const all = requirement[engine];
    const needed = `the vendor lists ${listed(engine, all)}`;
    const remedy = `Use ${ENGINE_NAMES[engine]} ${all.at(-1)} for the client; take a backup before anything is moved.`;
    const told = `"${version.trim()}"${comment ? `, "${comment}"` : ''}`;
    const is = `${name}${numbers ? ` ${numbers}` : ''} (it says ${told})`;
    if (kinship === 'other')
      return fail(
        `${is}, which speaks ${ENGINE_NAMES[engine]}'s protocol and is not ${ENGINE_NAMES[engine]}; ${needed}`,
        {
          remedy,
        },
      );
    if (kinship === 'unknown' || own === null)
      return unknown(`The server calls its version ${told}, of which no release can be read; ${needed}`, {
        remedy: 'Find out what this server is, and what stands between it and this host.',
      });
    if (!all.includes(own)) return fail(`${is}, which is not listed; ${needed}`, { remedy });
    if (prerelease)
      return warn(`${is}, a pre-release; ${needed}`, {
        remedy: `Update to a release of ${ENGINE_NAMES[engine]} ${own}.`,
      });
    if (product === 'unknown')
      return warn(`${is}, of whose makers nothing is known; ${needed}`, {
        remedy: `Find out whose build this is, or move to ${ENGINE_NAMES[engine]} ${own} itself.`,
      });
    if (kinship === 'build')
      return warn(`${is}: compatible with ${ENGINE_NAMES[engine]} ${own}, but not named by the vendor; ${needed}`, {
        remedy: `Test the client against it before production, or move to ${ENGINE_NAMES[engine]} ${own} itself.`,
      });
    if (kinship === 'shipped')
      return pass(`${is}: compatible with ${ENGINE_NAMES[engine]} ${own}, and in the vendor's own template`);
    return pass(
      engine === 'postgresql' && numbers !== requirement.named
        ? `${is}; of the supported releases the vendor names ${requirement.named}`
        : is,
    );
  },
});
