import * as z from 'zod/mini';
import { defineCheck, pass, skip, Unasked, unknown, warn } from '../../src/check.ts';
import { type DiskKind, ec2Disks } from '../../src/facts/ec2-disks.ts';
import type { Host } from '../../src/host/host.ts';
import type { Finding } from '../../src/model.ts';

const NOT_EC2 = skip('This is no EC2 instance: its firmware names another maker.');

/** Where Docker keeps its data; nothing where that cannot be found out, which disk.type tells. */
const leavesOf = async (host: Host) => {
  try {
    const { path } = await host.disk('target');
    const { leaves } = await host.disk('place', path);
    return leaves.map(({ name, model }) => ({ name, model }));
  } catch {
    return [];
  }
};

const diskFindings = (disks: readonly DiskKind[]): readonly Finding[] => {
  const named = (kind: DiskKind['kind']) => disks.filter((one) => one.kind === kind).map(({ name }) => name);
  const [store, ebs] = [named('instance-store'), named('ebs')];
  const lost = store.map((name) =>
    warn(`${name} is instance store: what is on it is lost when the instance stops or its hardware fails`, {
      subject: name,
      remedy: "Move Docker's data root to an EBS volume.",
    }),
  );
  const kept = ebs.map((name) =>
    pass(
      `${name} is an EBS volume; its type (gp3, io2...) and its throughput are told by AWS alone: aws ec2 describe-volumes`,
      { subject: name },
    ),
  );
  return [...lost, ...kept];
};

/** Which EC2 instance this is, against those of the vendor's template, and what its disks are. Asked on EC2 alone. */
export const awsInstance = defineCheck({
  id: 'aws.instance',
  title: 'EC2 instance',
  group: 'aws',
  phase: 'before',
  // A link-local address is beyond this host, however near it is.
  outbound: true,
  touches:
    "Reads the firmware's maker; where that is EC2, asks the instance metadata service (IMDSv2) for type, region, image and disks. No account, no credentials.",
  remedy: "Move to an instance of a type that the vendor's template uses, c5.large or larger.",
  requirement: z.strictObject({
    types: z.array(z.string()),
    burstable: z.array(z.string()),
    small: z.array(z.string()),
  }),
  limit: ({ types }) => ({ op: 'in', value: types, display: `as ${types.join(', ')}, not burstable` }),
  async measure(host) {
    const ec2 = await host.system('ec2');
    if (!ec2) throw new Unasked(NOT_EC2);
    return { ...ec2, disks: ec2Disks(await leavesOf(host), ec2.devices) };
  },
  figure: ({ instanceType }) => ({ value: instanceType, display: instanceType ?? 'not told' }),
  judge({ wrong, instanceType, region, imageId, disks }, { types, burstable, small }) {
    if (instanceType === null)
      return [
        unknown(`This is an EC2 instance, whose type is not told${wrong ? `: ${wrong}` : ''}`, {
          remedy:
            'Let the instance answer metadata requests: aws ec2 modify-instance-metadata-options --http-endpoint enabled',
        }),
        ...diskFindings(disks),
      ];
    const [family = '', size = ''] = instanceType.split('.');
    const where = [region, imageId].filter(Boolean).join(', ');
    const is = `EC2 instance ${instanceType}${where && ` (${where})`}`;
    const remedy = `Move to ${types[0]} or larger, as the vendor's template does.`;
    const sized = burstable.includes(family)
      ? warn(`${is}: its processor is throttled when its credits are used up`, { remedy })
      : small.includes(size)
        ? warn(`${is} is smaller than ${types[0]}, the smallest that the vendor's template uses`, { remedy })
        : pass(
            types.includes(instanceType)
              ? `${is}, as in the vendor's template`
              : `${is}; the vendor's template uses ${types.join(', ')}`,
          );
    return [sized, ...diskFindings(disks)];
  },
});
