import type { Json } from '../../../model.ts';

/** What the command line gave to be judged: absolute paths, and a number. */
export type GivenOptions = {
  readonly awsTemplate: string | null;
  readonly phoneNumber: string | null;
  readonly accountCertificate: string | null;
};

/** Reads one of the things that the command line gave; null where it did not. */
export const askGiven = async (topic: string, _given: GivenOptions): Promise<Json> => {
  throw new Error(`given "${topic}" is not built yet`);
};
