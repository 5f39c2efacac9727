import * as z from 'zod/mini';

/** Where the Engine's own settings stand, unless it runs without root. */
export const DAEMON_JSON = '/etc/docker/daemon.json';

/** What bounds the logs of containers that are made from then on. */
export const BOUND_LOGS = `Set "log-opts": {"max-size": "100m", "max-file": "5"} in ${DAEMON_JSON} and restart Docker.`;

// Docker itself wants text here, but numbers are seen.
const daemon = z.object({
  'log-opts': z.optional(z.object({ 'max-size': z.optional(z.union([z.string(), z.number()])) })),
});

/** A max-size that bounds a log: not empty, and not one of those that mean "none". */
export const boundingSize = (size: string | number | null | undefined): string | null =>
  size === undefined || size === null || ['', '-1', '0'].includes(String(size)) ? null : String(size);

/** The size limit of new containers' logs in daemon.json; null where it sets none. Throws where it is not well formed. */
export const maxSizeIn = (text: string): string | null => {
  let found: ReturnType<typeof daemon.safeParse>;
  try {
    found = daemon.safeParse(JSON.parse(text.trim() || '{}'));
  } catch {
    throw new Error(`${DAEMON_JSON} is not valid JSON`);
  }
  if (!found.success) throw new Error(`${DAEMON_JSON} has log-opts that make no sense`);
  return boundingSize(found.data['log-opts']?.['max-size']);
};
