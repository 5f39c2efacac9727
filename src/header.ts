import { operatingSystem } from './facts/os-release.ts';
import type { Host } from './host/host.ts';
import type { HostIdentity, Lifecycle } from './model.ts';
import type { Plan } from './plan.ts';
import { printableDeep } from './printable.ts';

const NOT_TOLD = 'unknown';

/** Node's names for processors, from uname's. */
const ARCHITECTURES: Record<string, string> = { x86_64: 'x64', amd64: 'x64', aarch64: 'arm64', arm64: 'arm64' };

/** Whose figures a report holds, and whether root measured them. */
export type Header = { readonly identity: HostIdentity; readonly privileged: boolean };

/** The header of a report whose host has not told anything yet. */
export const UNTOLD: Header = {
  privileged: false,
  identity: { name: NOT_TOLD, os: NOT_TOLD, kernel: NOT_TOLD, arch: NOT_TOLD, virtualization: NOT_TOLD },
};

/** Asks a host who it is. What cannot be told is "unknown", never missing; never rejects. */
export const hostHeader = async (host: Host): Promise<Header> => {
  const [identity, os] = await Promise.all([
    host.system('identity').catch(() => null),
    operatingSystem(host).catch(() => null),
  ]);
  return {
    privileged: identity?.uid === 0,
    identity: printableDeep({
      name: identity?.name ?? NOT_TOLD,
      os: os?.pretty ?? identity?.platform ?? NOT_TOLD,
      kernel: identity?.release ?? NOT_TOLD,
      arch: ARCHITECTURES[identity?.machine ?? ''] ?? identity?.machine ?? NOT_TOLD,
      virtualization: identity?.virtualization ?? NOT_TOLD,
    }),
  };
};

/** What is said first, always, of the product's life. */
export const lifecycleOf = (plan: Plan, now: number): Lifecycle => {
  const { endedOn, source } = plan.lifecycle;
  const ended = new Date(now).toISOString().slice(0, 10) > endedOn;
  return {
    status: ended ? 'ended' : 'supported',
    endedOn,
    message: ended
      ? `The vendor ended this product on ${endedOn}: a verdict here is about conformance to its last published requirements, not about going live.`
      : `The vendor ends this product on ${endedOn}.`,
    source,
  };
};
