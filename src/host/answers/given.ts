import * as z from 'zod/mini';
import { type Answers, bytes, maybe, text } from './shapes.ts';

/** What `given(topic)` answers: what the command line gave to be judged, read and without what is private in it. */
export const given = {
  /**
   * `--aws-template FILE`: a CloudFormation template, or what `aws cloudformation get-template` or `describe-stacks` print.
   * Of its values only the client's version is told: others may be secrets.
   */
  'aws-template': maybe(
    z.object({
      path: text,
      /** Why it is none of the vendor's; null where it is. */
      wrong: maybe(text),
      /** A template's text, or a stack as it is described, which knows no comments. */
      kind: z.enum(['template', 'stack']),
      /** The template's own version, such as "3.0.1". */
      version: maybe(text),
      /** Where that stands. */
      from: maybe(text),
      /** What it holds that only some versions do (src/facts/aws-template.ts). */
      signs: z.array(text),
      /** The client's version that it names. */
      clientVersion: maybe(text),
    }),
  ),
  /** `--phone-number NUMBER`, read; of the number itself the country code and the last two digits. */
  'phone-number': maybe(
    z.object({
      masked: text,
      /** Why it is no number that could be; null where it could. */
      wrong: maybe(text),
      /** It begins with "+" and a country code. */
      international: z.boolean(),
      /** Its length is one that numbers of its country have. */
      possible: z.boolean(),
      /** Its digits are in a range that its country gives out. */
      valid: z.boolean(),
      /** ISO 3166 code; null where several share the country code. */
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
      /** Of its text without white space and quotes, and of what it decodes to. */
      characters: bytes,
      decoded: bytes,
      /** How it is unlike plain base64 on one line: "quotes around it", "line breaks", "the URL-safe alphabet", "no padding". */
      oddities: z.array(text),
    }),
  ),
};
export type GivenAnswers = Answers<typeof given>;
