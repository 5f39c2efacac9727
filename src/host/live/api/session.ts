import type { ApiOptions } from '../../api-login.ts';
import type { Called, Way } from './caller.ts';
import type { Mask } from './mask.ts';
import type { NoPlace, Place } from './place.ts';
import type { SignedIn } from './sign-in.ts';
import type { Trust } from './trust.ts';

/** What is open to the API within a run, and what it was found to be. */
export type ApiSession = {
  readonly options: ApiOptions;
  readonly place: (signal: AbortSignal) => Promise<Place | NoPlace>;
  readonly trust: (signal: AbortSignal) => Promise<Trust>;
  /** Connections without regard to their certificate: for calls without a credential alone. Rejects where there is no API. */
  readonly unverified: (signal: AbortSignal) => Promise<Way>;
  /** Connections whose certificate was verified before a byte of HTTP was written. Rejects where there is no API. */
  readonly verified: (signal: AbortSignal) => Promise<Way>;
  /** GET of the CA that was uploaded for webhooks, made once; and its PEM text, null where there is none. */
  readonly webhooksCaCall: (signal: AbortSignal) => Promise<Called>;
  readonly webhooksCa: (signal: AbortSignal) => Promise<string | null>;
  /** `webhooks.url` as it is set, secrets and all: for connecting to it, never for an answer. Null where none is set. */
  readonly webhookUrl: (signal: AbortSignal) => Promise<string | null>;
  /** The login: one attempt, whoever asks. */
  readonly login: (signal: AbortSignal) => Promise<SignedIn>;
  /** Masks the secrets that are known by now, and one more. */
  readonly mask: (secret?: string) => Mask;
  readonly close: () => Promise<void>;
};
