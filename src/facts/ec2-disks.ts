import type { DiskLeaf } from '../host/answers/disk.ts';

/** What a disk of an EC2 instance is. */
export type DiskKind = { readonly name: string; readonly kind: 'ebs' | 'instance-store' };

/** A device's own part of its name; EC2 says "sdb" for what the kernel calls xvdb. */
const letterOf = (device: string): string | null => /(?:^|\/)(?:sd|xvd)([a-z]{1,2})\d*$/.exec(device)?.[1] ?? null;

/**
 * EBS or instance store, by the model of an NVMe disk, and on Xen by the names that EC2 gives its devices ("ephemeral0 sdb").
 * A disk of which neither tells is left out.
 */
export const ec2Disks = (
  leaves: readonly Pick<DiskLeaf, 'name' | 'model'>[],
  devices: readonly string[],
): readonly DiskKind[] => {
  const mapped = devices.map((each) => each.split(' ')).map(([role = '', device = '']) => [role, letterOf(device)]);
  return leaves.flatMap(({ name, model }): readonly DiskKind[] => {
    if (/Elastic Block Store/i.test(model ?? '')) return [{ name, kind: 'ebs' }];
    if (/EC2 NVMe Instance Storage/i.test(model ?? '')) return [{ name, kind: 'instance-store' }];
    const letter = letterOf(name);
    const [role] = mapped.find(([, own]) => letter !== null && own === letter) ?? [];
    if (!role) return [];
    return [{ name, kind: role.startsWith('ephemeral') ? 'instance-store' : 'ebs' }];
  });
};
