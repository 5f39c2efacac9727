import { fail, pass, unknown, warn } from '../../check.ts';
import type { ConnectionFailure } from '../../host/answers/connection.ts';
import type { NetworkAnswers } from '../../host/answers/network.ts';
import type { Finding } from '../../model.ts';
import { milliseconds } from '../../units.ts';
import { connectionWords } from '../api/connection.ts';
import { failureOf } from './reach-words.ts';
import { deciding, type Reach, type ReachView, sideWords, unlooked } from './views.ts';
import { targetOf, type WebhookPlace } from './webhook.ts';

type Posted = NetworkAnswers['webhook-post'];
type Rule = { readonly status: number; readonly max: number };

const REMEDIES: Readonly<Record<ConnectionFailure['step'], (host: string) => string>> = {
  dns: (host) => `Correct the host in webhooks.url, or let the name servers that Coreapp asks know ${host}.`,
  tcp: (host) => `Start what listens at ${host}, and open it for Coreapp in every firewall in between.`,
  tls: (host) => `Let ${host} speak TLS 1.2 or later.`,
  http: (host) => `Mend the webhook at ${host}: it must answer each POST with 200 at once, and work on it afterwards.`,
};

/** Whether a connection to the webhook came about, by its steps. */
export const connectedFinding = (place: WebhookPlace, views: ReachView): Finding => {
  const side = deciding(views);
  const where = `${sideWords(views, side)}${unlooked(views)}`;
  const port = (views[side].seen as Reach).ports[0];
  const target = targetOf(place);
  if (port?.failed)
    return fail(`The webhook at ${target} is not reached ${where}: ${failureOf(port)}`, {
      subject: target,
      remedy: REMEDIES[port.failed.step](target),
    });
  const whole = (port?.steps ?? []).reduce((sum, { ms }) => sum + ms, 0);
  return pass(`The webhook at ${target} is reached ${where} in ${milliseconds(whole)}`, { subject: target });
};

/** What came of the notification; nothing where none was sent, or it could not get there, which is told already. */
export const answeredFindings = (
  place: WebhookPlace,
  reached: boolean,
  posted: Posted,
  { status: wanted, max }: Rule,
): readonly Finding[] => {
  if (posted.skipped !== null) return [];
  const { status, ms, failed } = posted;
  const subject = 'notification';
  const target = targetOf(place);
  if (failed) {
    if (!reached && failed.step !== 'http') return [];
    const remedy =
      failed.kind === 'untrusted'
        ? 'See webhook.certificate: the client sends nothing to a server whose certificate is not good.'
        : REMEDIES[failed.step](target);
    return [
      fail(`An empty notification was not answered by ${target}: ${connectionWords(failed)}`, { subject, remedy }),
    ];
  }
  const took = milliseconds(ms ?? 0);
  if (status !== wanted) {
    const moved = status !== null && status >= 300 && status < 400 ? ', and no redirect is followed' : '';
    const is = `The webhook at ${target} answered an empty notification with ${status}${moved}; ${wanted} needed`;
    return [fail(is, { subject, remedy: REMEDIES.http(target) })];
  }
  const is = `The webhook at ${target} answered an empty notification with ${status} in ${took}`;
  if ((ms ?? 0) <= max) return [pass(is, { subject })];
  return [warn(`${is}; at most ${milliseconds(max)} needed`, { subject, remedy: REMEDIES.http(target) })];
};

/** Where it is not known what came of the notification, and whether it was sent. */
export const unknownAnswer = (place: WebhookPlace, why: string): Finding =>
  unknown(`How ${targetOf(place)} answers an empty notification could not be found out: ${why}`, {
    subject: 'notification',
    remedy: 'Run the check again.',
  });
