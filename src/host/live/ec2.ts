import type { SystemAnswers } from '../answers/system.ts';

/** What EC2's metadata service says of this machine; null where DMI does not say EC2. */
export const ec2 = async (_signal: AbortSignal): Promise<SystemAnswers['ec2']> => {
  throw new Error('system "ec2" is not built yet');
};
