import { fail, pass, warn } from '../../check.ts';
import type { Side } from '../../host/answers/network.ts';
import type { Finding } from '../../model.ts';
import { milliseconds } from '../../units.ts';
import { faultWords } from './fault-words.ts';
import { type Gone, isGone } from './gone.ts';
import { failureOf, openingRemedy } from './reach-words.ts';
import type { HttpsHost } from './requirement.ts';
import { deciding, type Reach, type ReachView, sideWords, unlooked } from './views.ts';

/** One HTTPS host as it was seen. */
export type LookedHost = { readonly views: ReachView; readonly gone: Gone | null };

/** The Engine loads images from this host's network, whatever Coreapp's is like. */
export const sideFor = ({ by }: HttpsHost, views: ReachView): Side =>
  by === 'engine' && views.host.seen ? 'host' : deciding(views);

/** How its port was seen from a side. */
export const portIn = (views: ReachView, side: Side) => (views[side].seen as Reach).ports[0];

/** What may be said of one HTTPS host. */
export const httpsFinding = (wanted: HttpsHost, { views, gone }: LookedHost, endedOn: string): Finding => {
  const { host: name, port, needed, for: purpose } = wanted;
  const side = sideFor(wanted, views);
  const where = `${sideWords(views, side)}${unlooked(views)}`;
  const tried = portIn(views, side);
  const extra = { subject: name };
  if (isGone(gone, endedOn))
    return warn(
      `There is no ${name} (${purpose}) any more ${where}, while ${gone.witness} resolves: the vendor ended the product on ${endedOn}, and may have taken it away`,
      { ...extra, remedy: `Ask another name server whether ${name} is gone, or hidden here.` },
    );
  if (tried?.failed) {
    const is = `${name} (${purpose}) is not reached by HTTPS ${where}: ${failureOf(tried)}`;
    const remedy = openingRemedy(tried.failed, side, name, String(port));
    return needed ? fail(`${is}; it is needed`, { ...extra, remedy }) : warn(is, { ...extra, remedy });
  }
  const whole = (tried?.steps ?? []).reduce((sum, { ms }) => sum + ms, 0);
  const is = `${name} (${purpose}) is reached by HTTPS ${where} in ${milliseconds(whole)}`;
  const fault = tried?.tls?.fault ?? null;
  if (fault === null) return pass(is, extra);
  const untrusted = `${is}, but its certificate is not good: ${faultWords(fault)}`;
  const remedy = 'See network.tls-interception for who shows that certificate.';
  return needed ? warn(untrusted, { ...extra, remedy }) : pass(untrusted, extra);
};
