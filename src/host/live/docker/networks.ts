import * as z from 'zod/mini';
import { lenient } from './lenient.ts';

const attachment = z.object({ IPAddress: lenient(z.string()), GlobalIPv6Address: lenient(z.string()) });
export type Attachment = z.infer<typeof attachment>;

/** Networks of a container by name, as the Engine's list and inspection both tell them. */
export const attachments = lenient(z.record(z.string(), z.catch(attachment, {})));

/** The addresses that a container has in a network; none while it does not run, or where it uses another's network. */
export const addressesIn = ({ IPAddress, GlobalIPv6Address }: Attachment): string[] =>
  [IPAddress, GlobalIPv6Address].filter((address): address is string => Boolean(address));
