import * as z from 'zod/mini';
import { type Answers, bytes, maybe, text } from './shapes.ts';

/** What `given(topic)` answers: what the command line gave to be judged, read and without what is private in it. */
export const given = {
  /** `--aws-template FILE`: a CloudFormation template or a description of a stack (`aws cloudformation describe-stacks`). */
  'aws-template': maybe(
    z.object({
      path: text,
      /** Why it is none; null where it is. */
      wrong: maybe(text),
      /** The template's own version, such as "v3.0.1". */
      version: maybe(text),
      /** Where that stands: "Description", "Metadata", "Parameters"... */
      from: maybe(text),
      /** The client's version that it names. */
      clientVersion: maybe(text),
    }),
  ),
  /** `--phone-number NUMBER`, read; of the number itself the country code and the last two digits. */
  'phone-number': maybe(
    z.object({
      masked: text,
      wrong: maybe(text),
      international: z.boolean(),
      possible: z.boolean(),
      valid: z.boolean(),
      /** ISO 3166 code. */
      country: maybe(text),
      /** FIXED_LINE, MOBILE, TOLL_FREE, PREMIUM_RATE, VOIP...; null where that cannot be told. */
      kind: maybe(text),
    }),
  ),
  /** `--account-certificate FILE`: the certificate of the display name, as Business Manager shows it. */
  'account-certificate': maybe(
    z.object({
      path: text,
      wrong: maybe(text),
      /** Of its text without white space, and of what it decodes to. */
      characters: bytes,
      decoded: bytes,
      /** How it is unlike base64: "quotes around it", "line breaks", "URL-safe alphabet", "no padding"... */
      oddities: z.array(text),
    }),
  ),
};
export type GivenAnswers = Answers<typeof given>;
