import { kernelLine } from '../kernel-files.ts';

const MAKER = /^Amazon EC2$/;
/** The uuid of an instance on Xen begins with "ec2"; where the firmware wrote it with the bytes of its parts swapped, so do they. */
const UUID = /^(ec2[0-9a-f]{5}-|[0-9a-f]{4}2[0-9a-f]ec-)/i;

/**
 * Whether the firmware says that this machine is an EC2 instance: its maker, or on Xen the version and uuid that EC2 gives it.
 * `root` is for made-up trees.
 */
export const onEc2 = (root = ''): boolean => {
  const dmi = (file: string): string => kernelLine(`${root}/sys/class/dmi/id/${file}`) ?? '';
  if (['sys_vendor', 'bios_vendor', 'board_vendor', 'chassis_vendor'].some((file) => MAKER.test(dmi(file))))
    return true;
  if (/^ec2/i.test(kernelLine(`${root}/sys/hypervisor/uuid`) ?? '')) return true;
  // Other clouds on Xen have uuids too: one that begins so by chance is not enough.
  const amazons = /\bamazon\b/i.test(dmi('bios_version'));
  return amazons && (dmi('sys_vendor') === 'Xen' || UUID.test(dmi('product_uuid')));
};
