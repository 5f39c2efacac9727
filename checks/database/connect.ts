import * as z from 'zod/mini';
import { defineCheck, fail, pass, warn } from '../../src/check.ts';
import { clientFindings, onlyFromClient, unreachedHere } from '../../src/facts/database/client-network.ts';
import { connectRemedy, failureWords, STEP_WORDS } from '../../src/facts/database/connect.ts';
import { noLogin } from '../../src/facts/database/login.ts';
import type { DatabaseAnswers, FoundLogin } from '../../src/host/answers/database.ts';
import type { Host } from '../../src/host/host.ts';
import type { Finding } from '../../src/model.ts';
import { milliseconds } from '../../src/units.ts';

type Steps = DatabaseAnswers['connect']['steps'];

const whole = (steps: Steps): number => steps.reduce((sum, { ms }) => sum + ms, 0);
const timed = (steps: Steps): string =>
  steps.map(({ step, ms }) => `${STEP_WORDS[step]} ${milliseconds(ms)}`).join(', ');

/** The second opinion is kept as an answer of its own, also where it was refused: it must not hide the first one. */
const fromClient = async (host: Host) => {
  try {
    return { network: await host.database('client-network'), refused: null };
  } catch (error) {
    return { network: null, refused: error instanceof Error ? error.message : String(error) };
  }
};

const asides = ({ tls }: FoundLogin, client: DatabaseAnswers['login']['client']): readonly Finding[] => [
  ...(client && client.differs.length > 0
    ? [
        warn(`Container ${client.container} runs with other values of ${client.differs.join(', ')} than this login`, {
          subject: client.container,
          remedy: `Start ${client.container} anew from the file that was mended, or check with the values that it uses.`,
        }),
      ]
    : []),
  ...tls.missing.map((file) =>
    warn(`TLS material that the login names cannot be read here: ${file}`, {
      subject: 'TLS',
      remedy: 'Put the file where the login names it on this host too, or give --db-tls.',
    }),
  ),
];

/** Whether the database that the client will use can be logged in to, step by step. Carries the verdict for all others. */
export const databaseConnect = defineCheck({
  id: 'database.connect',
  title: 'Database connection',
  group: 'database',
  phase: 'before',
  touches:
    'Looks for a login, resolves the name, connects, agrees on TLS, logs in and reads one constant; the name and the port from the network of a running client container too.',
  remedy: 'Mend the step that failed: name, port, TLS, user and password, in this order.',
  requirement: z.strictObject({ state: z.literal('connected') }),
  limit: ({ state }) => ({ op: 'is', value: state, display: state }),
  async measure(host) {
    const { places, found, client } = await host.database('login');
    if (!found) return { places, login: null, client, connect: null, network: null, refused: null };
    const [connect, { network, refused }] = await Promise.all([host.database('connect'), fromClient(host)]);
    return { places, login: found, client, connect, network, refused };
  },
  figure({ connect }) {
    if (!connect) return { value: 'no login', display: 'no login' };
    if (connect.failed) return { value: connect.failed.step, display: `${STEP_WORDS[connect.failed.step]} failed` };
    return { value: 'connected', display: `connected in ${milliseconds(whole(connect.steps))}` };
  },
  holds: ({ connect }) => connect !== null && connect.failed === null,
  judge({ places, login, client, connect, network }) {
    if (!login || !connect) return noLogin(places);
    const { target, address, steps, failed } = connect;
    const at = address && !target.includes(address) ? `${target} (${address})` : target;
    const who = `${login.user ? `user ${login.user}` : 'no user'}, login from ${login.from}`;
    const reached = steps.length > 0 ? `; reached before: ${timed(steps)}` : '';
    const host = !failed
      ? pass(`Connected to ${at} as ${who}, in ${milliseconds(whole(steps))}: ${timed(steps)}`, { subject: target })
      : onlyFromClient(connect, network)
        ? unreachedHere(connect)
        : fail(`No connection to ${at} as ${who}: ${failureWords(failed)}${reached}`, {
            subject: target,
            remedy: connectRemedy(failed, { ...login, target, address, tlsMode: login.tls.mode }),
          });
    return [host, ...clientFindings(connect, network), ...asides(login, client)];
  },
});
