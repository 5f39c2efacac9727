import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, unknown, warn } from '../../src/check.ts';
import { answerOf } from '../../src/facts/api/answer.ts';
import { type BuildExpiry, expiryOfImages, expiryOfNodes, firstToExpire } from '../../src/facts/api/build-expiry.ts';
import { supportNodes } from '../../src/facts/api/nodes.ts';
import { dayOf } from '../../src/facts/api/utc.ts';
import type { Host } from '../../src/host/host.ts';

const DAY = 86_400_000;
const days = z.int().check(z.positive());

/** What the client's own nodes tell; nothing where nobody is logged in, or they give no answer. */
const byNodes = async (host: Host): Promise<readonly BuildExpiry[]> => {
  const { state } = await host.api('login').catch(() => ({ state: 'failed' }));
  if (state !== 'token') return [];
  const support = await answerOf(host, 'support').catch(() => null);
  return expiryOfNodes(supportNodes(support?.trouble ? null : (support?.body ?? null)) ?? []);
};

/** When the build that runs stops working: each has a last day, and none was made after the product ended. */
export const lifecycleBuild = defineCheck({
  id: 'lifecycle.build',
  title: 'Expiry of the build',
  group: 'lifecycle',
  phase: 'after',
  touches: 'Reads expire_timestamp of /v1/support, else what the Engine tells of the images, and the clock.',
  remedy: 'Move to the Cloud API: no build works after the end of the product.',
  requirement: z.strictObject({ warnDays: days, stableDays: days, betaDays: days, endedOn: z.iso.date() }),
  limit: ({ warnDays }) => ({ op: '>=', value: warnDays, unit: 'd', display: `> ${warnDays} days left` }),
  async measure(host, life) {
    const [{ epochMs }, told] = await Promise.all([host.system('now'), byNodes(host)]);
    if (told.length > 0) return { first: firstToExpire(told), epochMs };
    const deployment = await host.docker('deployment');
    const clients = deployment.containers.filter(({ role }) => ['coreapp', 'master', 'webapp'].includes(role));
    if (clients.length === 0 || deployment.from === 'compose-file')
      throw new Unasked(
        skip('There is no build of the client to look at: no API tells of one, and no container of it runs here.', {
          remedy: 'Give the API and a login: --api-url, WA_API_USERNAME and WA_API_PASSWORD.',
        }),
      );
    return { first: firstToExpire(expiryOfImages(deployment, life)), epochMs };
  },
  figure: ({ first, epochMs }) => {
    const left = first && Math.floor((first.at - epochMs) / DAY);
    return { value: left, unit: 'd', display: first ? `until ${dayOf(first.at)}` : 'not told' };
  },
  judge({ first, epochMs }, { warnDays, endedOn }) {
    if (!first)
      return unknown('Neither the client nor its images tell when the build expires', {
        remedy: 'Log in to the API as a user: its support node tells expire_timestamp.',
      });
    const { of, version, at, from } = first;
    const what = `The build${version ? ` ${version}` : ''}${of ? ` of ${of}` : ''}`;
    const extra = of ? { subject: of } : {};
    const ended = `since the product ended on ${endedOn} there is none that replaces it`;
    const over = dayOf(epochMs) > endedOn;
    if (at <= epochMs)
      return fail(`${what} expired on ${dayOf(at)} by ${from}, and connects no more${over ? `; ${ended}` : ''}`, {
        ...extra,
        remedy: over
          ? 'Move the number to the Cloud API; keep this client for archives, tickets and training only.'
          : 'Update the client to a build that has not expired.',
      });
    const left = Math.floor((at - epochMs) / DAY);
    const is = `${what} works until ${dayOf(at)} by ${from}, ${left} days more`;
    if (at - epochMs > warnDays * DAY) return pass(is, extra);
    return warn(`${is}; more than ${warnDays} needed${over ? `, and ${ended}` : ''}`, {
      ...extra,
      remedy: over ? 'Finish the move to the Cloud API before that day.' : 'Update the client before that day.',
    });
  },
});
