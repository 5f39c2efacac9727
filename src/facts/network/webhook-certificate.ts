import { fail, pass, unknown, warn } from '../../check.ts';
import type { ApiAnswers } from '../../host/answers/api.ts';
import type { Certificate, TlsSession } from '../../host/answers/connection.ts';
import type { Finding } from '../../model.ts';
import { certificateLabel, isFor, namesOf } from '../api/certificate.ts';
import { dayOf } from '../api/utc.ts';
import { faultWords, isOfAuthority, issuerOf } from './fault-words.ts';
import { targetOf, type WebhookPlace } from './webhook.ts';

const DAY = 86_400_000;

type Uploaded = ApiAnswers['webhooks-ca-chain'];
/** What a webhook showed of itself, and the CA that was uploaded for webhooks. */
export type ShownWebhook = {
  readonly place: WebhookPlace;
  readonly session: TlsSession;
  readonly uploaded: Uploaded;
  readonly epochMs: number;
};

const RENEW = "Renew the webhook's certificate.";
const UPLOAD =
  "Upload the CA of the webhook's certificate (POST /v1/certificates/webhooks/ca), and restart every Coreapp.";

const lifeOf = (
  [whose, harms]: readonly [string, typeof fail],
  certificate: Certificate,
  epochMs: number,
  warnDays: number,
  remedy: string,
): readonly Finding[] => {
  const label = certificateLabel(certificate);
  const extra = { subject: label, remedy };
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  if (to <= epochMs) return [harms(`${whose} (${label}) expired on ${dayOf(to)}`, extra)];
  if (from > epochMs) return [harms(`${whose} (${label}) is not valid before ${dayOf(from)}`, extra)];
  if (to - epochMs > warnDays * DAY) return [];
  const left = Math.floor((to - epochMs) / DAY);
  return [warn(`${whose} (${label}) expires on ${dayOf(to)}, in ${left} days; more than ${warnDays} needed`, extra)];
};

const nameOf = ({ place, session: { chain } }: ShownWebhook): readonly Finding[] => {
  const [leaf] = chain;
  if (!leaf || isFor(leaf, place.host)) return [];
  const names = namesOf(leaf).slice(0, 5).join(', ') || 'no name';
  return [
    fail(`The webhook's certificate is for ${names}, not for ${place.host}`, {
      subject: place.host,
      remedy: 'Give the webhook a certificate for its name, or use that name in webhooks.url.',
    }),
  ];
};

const trustOf = ({ place, session, uploaded }: ShownWebhook): readonly Finding[] => {
  const { by, fault } = session;
  const target = targetOf(place);
  const extra = { subject: target };
  if (by === 'public')
    return [pass(`The certificate of ${target} is issued by a public authority (${issuerOf(session)})`, extra)];
  if (fault === null)
    return [pass(`The certificate of ${target} is issued by the CA that was uploaded for webhooks`, extra)];
  if (!isOfAuthority(fault)) return [];
  const is = `No public authority stands behind the certificate of ${target} (${issuerOf(session)}): ${faultWords(fault)}`;
  if (uploaded.why !== null)
    return [
      unknown(`${is}; which CA was uploaded for webhooks is not known: ${uploaded.why}`, {
        ...extra,
        remedy: 'Give the login of an administrator.',
      }),
    ];
  const ours = uploaded.chain.map(certificateLabel).join(', ');
  return [
    fail(
      `${is}, and ${ours ? `the CA that was uploaded for webhooks (${ours}) neither` : 'no CA was uploaded for webhooks'}`,
      { ...extra, remedy: UPLOAD },
    ),
  ];
};

/** Judges authority and name, and the time of every certificate of the chain, and of the uploaded CA where it is used. */
export const webhookCertificateFindings = (shown: ShownWebhook, warnDays: number): readonly Finding[] => {
  const { session, uploaded, epochMs } = shown;
  const own = session.chain.flatMap((one, at) =>
    // A superseded authority that is still sent harms nobody who finds another way to a known one.
    lifeOf(
      ["A certificate of the webhook's chain", at > 0 && session.trusted ? warn : fail],
      one,
      epochMs,
      warnDays,
      RENEW,
    ),
  );
  const used = session.by === 'webhooks CA' ? uploaded.chain : [];
  const seen = new Set(session.chain.map(({ fingerprint }) => fingerprint));
  const theirs = used
    .filter(({ fingerprint }) => !seen.has(fingerprint))
    .flatMap((one) => lifeOf(['The CA uploaded for webhooks', fail], one, epochMs, warnDays, UPLOAD));
  return [...trustOf(shown), ...nameOf(shown), ...own, ...theirs];
};
