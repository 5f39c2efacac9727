import * as z from 'zod/mini';
import { lenient } from './lenient.ts';

const texts = lenient(z.array(z.string()));
const attachment = z.object({
  IPAddress: lenient(z.string()),
  GlobalIPv6Address: lenient(z.string()),
  Aliases: texts,
  DNSNames: texts,
  Links: texts,
});
export type Attachment = z.infer<typeof attachment>;

/** Networks of a container by name, as the Engine's list and inspection both tell them. */
export const attachments = lenient(z.record(z.string(), z.catch(attachment, {})));

/** The addresses that a container has in a network; none while it does not run, or where it uses another's network. */
export const addressesIn = ({ IPAddress, GlobalIPv6Address }: Attachment): string[] =>
  [IPAddress, GlobalIPv6Address].filter((address): address is string => Boolean(address));

/** Names that other containers of a network know it by, beside its own name (Engine 25 tells them apart from aliases). */
export const aliasesIn = ({ Aliases, DNSNames }: Attachment): string[] => [
  ...new Set([...(Aliases ?? []), ...(DNSNames ?? [])]),
];
