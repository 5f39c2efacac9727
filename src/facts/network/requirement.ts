import * as z from 'zod/mini';

// What a spec may say of hosts: tests and closed networks put others in their place.

export const hostName = z
  .string()
  .check(z.minLength(1), z.maxLength(253), z.regex(/^[\w.:-]+$/, 'not a name of a host'), z.describe('A host.'));
export const portNumber = z.int().check(z.gte(1), z.lte(65_535));
/** A day such as "2025-10-23". */
export const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'not a day such as "2025-10-23"'));
/** A host that is spoken to by HTTPS. `needed`: the client cannot do without it. */
export const httpsHost = z.strictObject({
  host: hostName,
  port: z._default(portNumber, 443),
  needed: z.boolean(),
  /** Who goes there: the client, or the Engine for it, from the network of the host. */
  by: z._default(z.enum(['client', 'engine']), 'client'),
  /** What it is for, in words. */
  for: z.string().check(z.minLength(1), z.maxLength(80)),
});
export type HttpsHost = z.infer<typeof httpsHost>;

/** How such a host is tried. */
export const portOf = ({ port }: Pick<HttpsHost, 'port'>): string => `${port}/tls`;
