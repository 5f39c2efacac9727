import * as z from 'zod/mini';
import { certificate, connectionFailure, connectionSteps, tlsSession } from './connection.ts';
import { type Answers, bytes, count, maybe, ms, text } from './shapes.ts';

// What the API of the client told. Credentials are in no answer; secrets in a body are masked before it becomes one.

/** One HTTP call, as much of it as reproduces it. */
export const apiCall = z.object({
  method: z.enum(['GET', 'POST']),
  /** Path and query: `/v1/health`. */
  path: text,
  /** How it was authorised; the credential itself is nowhere. */
  auth: z.enum(['none', 'basic', 'bearer', 'apikey']),
  /** RFC 3339. */
  startedAt: text,
  ms,
  /** Null where no answer came; then `failed` says why. */
  status: maybe(count),
  headers: z.record(z.string(), text),
  /** JSON of the body, unknown fields kept; null where it is none. */
  body: maybe(z.json()),
  /** The first 2 KiB of a body that is no JSON. */
  text: maybe(text),
  /** Of the body after decompression. */
  bytes,
  failed: maybe(connectionFailure),
  /** What was sent, masked; null for nothing. */
  sent: maybe(z.json()),
});
export type ApiCall = z.infer<typeof apiCall>;

/** Nodes that are always safe to GET: cheap, and without effect. Names are ours, paths stand in src/host/live/api. */
export const NODES = [
  'health',
  'support',
  'stats-app',
  'metrics',
  'settings-application',
  'business-profile',
  'profile-about',
  'shards',
  'external-ca',
  'webhooks-ca',
] as const;
export type ApiNode = (typeof NODES)[number];

/** What `api(topic)` answers. */
export const api = {
  /** Where the API is and whom its certificate names. Sends no HTTP. Never throws for an API that is not there. */
  endpoint: z.object({
    /** https://host:port without a path; null where none was given or found. */
    url: maybe(text),
    /** "--api-url", "a person" (who gave another one), or "container NAME". */
    from: maybe(text),
    /** Why there is none. */
    none: maybe(text),
    /** Further Webapps of the deployment that were not asked. */
    others: z.array(text),
    address: maybe(text),
    steps: connectionSteps,
    failed: maybe(connectionFailure),
    /** The session, trusted or not; null where none came about. */
    tls: maybe(tlsSession),
  }),
  /** One handshake for each version of TLS, and one for weak ciphers. */
  'tls-versions': z.object({
    versions: z.array(
      z.object({
        version: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']),
        /** cannot-try: this machine's own library refuses to. */
        state: z.enum(['accepted', 'refused', 'cannot-try', 'no-answer']),
        cipher: maybe(text),
        detail: maybe(text),
      }),
    ),
    /** Ciphers without forward secrecy or with known breaks (3DES, RC4, NULL, CBC with SHA-1) that it agreed to. */
    weak: z.array(text),
  }),
  /** Plain HTTP on the API's port. Nothing but a GET of `/` without credentials. */
  'plain-http': z.object({
    state: z.enum(['closed', 'redirects', 'answers', 'no-answer', 'not-http']),
    status: maybe(count),
    /** Where it redirects to. */
    location: maybe(text),
    detail: maybe(text),
  }),
  /** `GET /` without credentials: its headers. */
  root: apiCall,
  /** Where a login was looked for, and what came of the one attempt. Never throws for a login that is not there. */
  login: z.object({
    places: z.array(
      z.object({ place: text, state: z.enum(['used', 'not-given', 'incomplete', 'not-needed']), detail: maybe(text) }),
    ),
    /** token: users/login gave one. key: an API key, good for health, stats and metrics only. */
    state: z.enum([
      'token',
      'key',
      'no-login',
      'no-api',
      'unreachable',
      'untrusted',
      'denied',
      'throttled',
      'password-change',
      'failed',
    ]),
    user: maybe(text),
    /** RFC 3339. */
    expiresAt: maybe(text),
    call: maybe(apiCall),
  }),
  health: apiCall,
  support: apiCall,
  'stats-app': apiCall,
  metrics: apiCall,
  'settings-application': apiCall,
  'business-profile': apiCall,
  'profile-about': apiCall,
  shards: apiCall,
  'external-ca': apiCall,
  'webhooks-ca': apiCall,
  /** Certificates of the CA that was uploaded for webhooks; empty where there is none. */
  'webhooks-ca-chain': z.object({ chain: z.array(certificate), why: maybe(text) }),
  /** `--stats-db`: expensive on a large database. */
  'stats-db': apiCall,
  /** `--test-default-admin`: one login with the published default. A token that it gets is thrown away at once. */
  'default-admin': apiCall,
  /** `--send-test-message TO`: one text message to the given number. */
  message: apiCall,
};
export type ApiAnswers = Answers<typeof api>;
