import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, unknown } from '../../src/check.ts';
import { SINCE } from '../../src/facts/aws-template.ts';
import { atLeast, sameVersion, versionNumber } from '../../src/facts/version-number.ts';
import { versionLimit } from '../../src/units.ts';

const NOT_GIVEN = skip('No CloudFormation template was given: --aws-template wa_ent.yml has it judged.', {
  remedy: 'Give the template, or what "aws cloudformation get-template --stack-name NAME" prints: --aws-template FILE',
});
const MOVE = 'Take wa_ent.yml of the newest version from the vendor, and update the stack.';
const GET =
  'Give what "aws cloudformation get-template --stack-name NAME" prints: the version stands in its first lines.';

/** Whether something that a template holds came with that version, or a later one. */
const isSince = (sign: string, version: string): boolean => {
  const since = versionNumber(SINCE[sign] ?? '');
  return since !== null && atLeast(since, version);
};

/** The version of the vendor's AWS template, by its own word alone; WA_RUNNING_ENV_VERSION inside is wrong in most of them. */
export const awsTemplate = defineCheck({
  id: 'aws.template',
  title: 'AWS template',
  group: 'aws',
  phase: 'before',
  touches: 'Reads the file of --aws-template: its version, and that of the client in it. Asks nothing of AWS.',
  remedy: 'Update the stack to the template of the version that the vendor names, or a newer one.',
  requirement: z.strictObject({ named: versionLimit, newest: versionLimit }),
  limit: ({ named }) => ({ op: '>=', value: named, display: `>= ${named}` }),
  async measure(host) {
    const given = await host.given('aws-template');
    if (!given) throw new Unasked(NOT_GIVEN);
    return given;
  },
  figure: ({ version }) => ({ value: version, display: version ?? 'not told' }),
  judge({ path, wrong, kind, version, from, signs, clientVersion }, { named, newest }) {
    const extra = { subject: path };
    if (wrong !== null)
      return fail(`What was given is not judged: ${wrong}`, { ...extra, remedy: `${GET.replace(/:.*/, '.')}` });
    const client = clientVersion ? `, for client ${clientVersion}` : '';
    const number = version === null ? null : versionNumber(version);
    if (number === null) {
      const sign = signs.find((name) => isSince(name, named));
      if (sign)
        return pass(`The template is of ${named} or later: it has ${sign}, which older ones have not${client}`, extra);
      const why = kind === 'stack' ? 'a description of a stack does not hold it' : 'its first lines do not say it';
      return unknown(`The version of the template cannot be told: ${why}; ${named} is needed`, {
        ...extra,
        remedy: GET,
      });
    }
    const is = `The template is version ${number.numbers}${from ? ` by ${from}` : ''}${client}`;
    if (!atLeast(number, named)) return fail(`${is}; ${named} is needed`, { ...extra, remedy: MOVE });
    if (sameVersion(number, named)) return pass(`${is}, as the vendor names it`, extra);
    const later = atLeast(number, newest) && !sameVersion(number, newest);
    const note = later
      ? `newer than the last one known, ${newest}`
      : `newer than ${named}, which the vendor's page names`;
    return pass(`${is}, ${note}`, extra);
  },
});
