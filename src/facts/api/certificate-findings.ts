import { fail, pass, warn } from '../../check.ts';
import type { Certificate, TlsSession } from '../../host/answers/connection.ts';
import type { Finding } from '../../model.ts';
import {
  certificateLabel,
  isFor,
  isLoopback,
  isShortKey,
  mistrustWords,
  namesOf,
  OTHER_THAN_PINNED,
  TOLD_ELSEWHERE,
} from './certificate.ts';
import { toPin } from './pin.ts';
import { dayOf } from './utc.ts';

const DAY = 86_400_000;

/** A session with the API, and how its address came to be known. */
export type Shown = {
  readonly url: string;
  /** A person gave the address: its name is one that callers use. */
  readonly given: boolean;
  readonly tls: TlsSession;
  readonly epochMs: number;
};
export type CertificateRule = { readonly warnDays: number; readonly minBits: number };

const RENEW =
  'Upload a new certificate with its key and its intermediates (POST /v1/certificates/external), and restart Webapp.';

const ofTime = (
  certificate: Certificate,
  at: number,
  { tls, epochMs }: Shown,
  warnDays: number,
): readonly Finding[] => {
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const label = certificateLabel(certificate);
  if (Number.isNaN(to)) throw new Error(`the certificate of ${label} tells no end that makes sense`);
  const which = at === 0 ? 'The certificate' : `Certificate ${at + 1} of the chain (${label})`;
  const extra = { subject: label, remedy: RENEW };
  // A superseded authority that is still sent harms nobody who finds another way to a known one.
  const harms = at === 0 || !tls.trusted || tls.by === '--api-fingerprint' ? fail : warn;
  if (to <= epochMs) return [harms(`${which} expired on ${dayOf(to)}`, extra)];
  if (from > epochMs)
    return [
      harms(`${which} is not valid before ${dayOf(from)}`, {
        ...extra,
        remedy: 'Set the clocks right, or upload a certificate that is valid by now.',
      }),
    ];
  if (to - epochMs > warnDays * DAY) return [];
  const left = Math.floor((to - epochMs) / DAY);
  return [warn(`${which} expires on ${dayOf(to)}, in ${left} days; more than ${warnDays} needed`, extra)];
};

const ofName = ({ url, given, tls }: Shown): readonly Finding[] => {
  const [leaf] = tls.chain;
  const host = new URL(url).hostname;
  if (!leaf || !given || isLoopback(host) || isFor(leaf, host)) return [];
  const names = namesOf(leaf);
  return [
    fail(`The certificate is for ${names.slice(0, 5).join(', ') || 'no name'}, not for ${host}`, {
      subject: host,
      remedy:
        'Give the API by a name that its certificate holds, or make a certificate for this name (WA_WEB_SERVERNAME).',
    }),
  ];
};

const ofTrust = ({ url, tls }: Shown): Finding => {
  const [leaf] = tls.chain;
  const who = leaf ? certificateLabel(leaf) : 'nobody';
  if (tls.trusted && (tls.by === null || tls.by === 'system'))
    return pass(`The certificate of ${who} leads to an authority that this host knows`);
  const why = mistrustWords(tls.fault);
  if (tls.trusted) return pass(`The certificate of ${who} is trusted by ${tls.by}${tls.fault ? ` (${why})` : ''}`);
  const fingerprint = leaf?.fingerprint ?? null;
  const told = fingerprint ? `; its fingerprint is ${fingerprint}` : '';
  const extra = { subject: who, remedy: toPin(fingerprint, url) };
  if (tls.fault === OTHER_THAN_PINNED)
    return fail(
      `${url} shows another certificate than the pinned one: it was renewed, or somebody stands in between${told}`,
      extra,
    );
  // Asked by a name of this host alone, which is none that callers use.
  if (leaf && tls.fault === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return warn(
      `The certificate is for ${namesOf(leaf).slice(0, 5).join(', ') || 'no name'}, not for ${new URL(url).hostname}`,
      {
        subject: who,
        remedy: 'Give the API by a name that its certificate holds: --api-url https://NAME:PORT.',
      },
    );
  return warn(`Nobody vouches for the certificate of ${who}: ${why}${told}`, extra);
};

const ofKeys = ({ tls }: Shown, minBits: number): readonly Finding[] =>
  tls.chain
    .filter(({ keyBits }) => isShortKey(keyBits, minBits))
    .map((certificate) =>
      warn(`The key of ${certificateLabel(certificate)} has ${certificate.keyBits} bits; at least ${minBits} needed`, {
        subject: certificateLabel(certificate),
        remedy: `Make the certificate anew with a key of ${minBits} bits or more, or of a curve.`,
      }),
    );

/** Judges the whole chain: time of each certificate, name, trust and keys. */
export const certificateFindings = (shown: Shown, { warnDays, minBits }: CertificateRule): readonly Finding[] => {
  const times = shown.tls.chain.flatMap((certificate, at) => ofTime(certificate, at, shown, warnDays));
  const names = ofName(shown);
  const failed = [...times, ...names].some(({ outcome }) => outcome === 'fail');
  const trust = failed && !shown.tls.trusted && TOLD_ELSEWHERE.has(shown.tls.fault ?? '') ? [] : [ofTrust(shown)];
  return [...times, ...names, ...trust, ...ofKeys(shown, minBits)];
};
