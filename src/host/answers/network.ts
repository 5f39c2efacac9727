import * as z from 'zod/mini';
import { connectionFailure, connectionSteps, tlsSession } from './connection.ts';
import { type Answers, count, maybe, ms, text } from './shapes.ts';

/** Whose network a connection is tried from: this host's, or that of the Coreapp container that runs here. */
export const SIDES = ['host', 'coreapp'] as const;
export type Side = (typeof SIDES)[number];

/** Why it was not tried from there; null where it was. */
const skipped = maybe(text);

/** What `network(topic, ...)` answers. */
export const network = {
  /**
   * `network "reach" SIDE HOST PORT...`: one host, each port tried; a port such as "443/tls" with a handshake and no more,
   * one such as "5222/tcp" with a connection and no more. "443/webhook" is TLS for which the authority that was uploaded for
   * webhooks may vouch in place of this machine's own. A session is trusted `by` "public", an authority that Node knows,
   * "system", one that this machine's store alone holds, or "webhooks CA".
   */
  reach: z.object({
    skipped,
    container: maybe(text),
    addresses: z.array(text),
    /** Time of resolving the name; null for an address, and where it did not resolve. */
    dns: maybe(ms),
    ports: z.array(
      z.object({
        port: text,
        /** The one that took the connection. */
        address: maybe(text),
        steps: connectionSteps,
        failed: maybe(connectionFailure),
        tls: maybe(tlsSession),
      }),
    ),
  }),
  /** `network "dns" SIDE HOST`: the name resolved ten times, one after the other; fewer where the time ended before. */
  dns: z.object({
    skipped,
    container: maybe(text),
    /** Name servers in use. */
    servers: z.array(text),
    /** Of each time that it resolved. */
    times: z.array(ms),
    failures: z.array(connectionFailure),
    addresses: z.array(text),
  }),
  /** HTTP proxies that are set for us, the Engine and the client's containers; no credentials. */
  proxies: z.object({
    settings: z.array(z.object({ where: text, name: text, value: text })),
  }),
  /** `network "hold" HOST PORT SECONDS`: a connection held open without a word. */
  hold: z.object({
    skipped,
    heldMs: ms,
    wantedMs: ms,
    failed: maybe(connectionFailure),
  }),
  /**
   * `--test-webhook`: one POST of an empty notification to the webhook's URL, from Coreapp's network where it can be entered,
   * else from this host. Its status and when that came.
   */
  'webhook-post': z.object({
    skipped,
    container: maybe(text),
    status: maybe(count),
    ms: maybe(ms),
    failed: maybe(connectionFailure),
  }),
};
export type NetworkAnswers = Answers<typeof network>;
