import type { Json } from '../../../model.ts';
import type { TemplateRead } from '../../child/aws-template.ts';
import { askChild } from '../child.ts';
import { foreignFile } from '../login/foreign-file.ts';

/** What the command line gave to be judged: absolute paths, and a number. */
export type GivenOptions = {
  readonly awsTemplate: string | null;
  readonly phoneNumber: string | null;
  readonly accountCertificate: string | null;
};

/** How long a template may take to be read, ms: the vendor's takes a twentieth of it. */
const PATIENCE = 4000;
const NO_FILE = 'there is no such file';

/** The text of a file that was given; rejects with a sentence where it cannot be read, which says nothing of what it holds. */
export const givenText = async (path: string, signal: AbortSignal): Promise<string> => {
  const file = await foreignFile(path, signal);
  if (!file) throw new Error(NO_FILE);
  return file.text;
};

type Reader = (given: GivenOptions, signal: AbortSignal) => Promise<Json>;

const READERS: Readonly<Record<string, Reader>> = {
  'aws-template': async ({ awsTemplate: path }, signal) => {
    if (path === null) return null;
    const asking = { signal, progress: () => {} };
    const late = () => `reading it takes longer than ${PATIENCE / 1000} s`;
    const read = await askChild({ ask: 'aws-template', about: path }, asking, PATIENCE, late);
    if (read === null) throw new Error(NO_FILE);
    return { path, ...(read as TemplateRead) };
  },
  'phone-number': async ({ phoneNumber }) =>
    phoneNumber === null ? null : (await import('./phone-number.ts')).readNumber(phoneNumber),
  'account-certificate': async ({ accountCertificate: path }, signal) => {
    if (path === null) return null;
    const [{ readCertificate }, text] = await Promise.all([
      import('./account-certificate.ts'),
      givenText(path, signal),
    ]);
    return { path, ...readCertificate(text) };
  },
};

/** Reads one of the things that the command line gave; null where it did not. */
export const askGiven = async (topic: string, given: GivenOptions, signal: AbortSignal): Promise<Json> => {
  const reader = READERS[topic];
  if (!reader) throw new Error(`given "${topic}" is not a question that this host knows`);
  return reader(given, signal);
};
