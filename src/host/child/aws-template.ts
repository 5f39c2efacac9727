import { parse } from 'yaml';
import { CLIENT_TAG, OWN_PARAMETERS, SINCE, VERSION_LINE } from '../../facts/aws-template.ts';
import type { GivenAnswers } from '../answers/given.ts';
import { file } from './file.ts';

/** What is told of a template, whatever its file is. */
export type TemplateRead = Omit<NonNullable<GivenAnswers['aws-template']>, 'path'>;
type Fields = { readonly [key: string]: unknown };

const NO_TEMPLATE =
  'it is no CloudFormation template, and nothing that "aws cloudformation get-template" or "describe-stacks" prints';
const FOREIGN = "it is not the vendor's template of the client (wa_ent.yml): that has a parameter WAEntContTag";
const MONITORING =
  "it is the vendor's monitoring template, which has a version of its own: that of the client (wa_ent.yml) is needed";

const asMap = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
const mapsIn = (value: unknown): readonly Fields[] =>
  (Array.isArray(value) ? value : []).map(asMap).filter((each) => each !== null);
const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const wrong = (why: string, kind: TemplateRead['kind'] = 'template'): TemplateRead => ({
  ...{ wrong: why, kind, version: null, from: null, signs: [], clientVersion: null },
});

/** The value of a client's version: "v2.57.2"; anything longer is none. */
const tagIn = (value: unknown): string | null => {
  const tag = asText(value)?.trim() ?? '';
  return /^v*\d[\w.-]{0,40}$/.test(tag) ? tag : null;
};

type Known = { readonly names: ReadonlySet<string>; readonly tag: unknown; readonly monitoring: boolean };

const told = (kind: TemplateRead['kind'], { names, tag, monitoring }: Known, text: string): TemplateRead => {
  const [, of, version = null] = VERSION_LINE.exec(text) ?? [];
  if (of || monitoring) return wrong(MONITORING, kind);
  if (!OWN_PARAMETERS.every((name) => names.has(name)) && version === null) return wrong(FOREIGN, kind);
  return {
    wrong: null,
    kind,
    version,
    from: version && 'the comment at its head',
    signs: Object.keys(SINCE).filter((name) => names.has(name)),
    clientVersion: tagIn(tag),
  };
};

const ofTemplate = (template: Fields, text: string): TemplateRead => {
  const [parameters, resources] = [asMap(template['Parameters']) ?? {}, asMap(template['Resources']) ?? {}];
  const names = new Set([...Object.keys(parameters), ...Object.keys(resources)]);
  const monitoring = names.has(CLIENT_TAG) && names.has('WAEntLB') && !names.has('EnvThroughput');
  return told('template', { names, tag: asMap(parameters[CLIENT_TAG])?.['Default'], monitoring }, text);
};

const ofStack = (stack: Fields): TemplateRead => {
  const values = new Map(
    mapsIn(stack['Parameters']).map((each) => [asText(each['ParameterKey']) ?? '', each['ParameterValue']]),
  );
  const names = new Set(values.keys());
  const monitoring = names.has(CLIENT_TAG) && names.has('WAEntLB') && !names.has('EnvThroughput');
  return told('stack', { names, tag: values.get(CLIENT_TAG), monitoring }, '');
};

/** All stacks of an account may be among them: the client's own is meant. */
const ofStacks = (stacks: unknown): TemplateRead => {
  const read = mapsIn(stacks).map(ofStack);
  return read.find((each) => each.wrong === null) ?? read[0] ?? wrong('it describes no stack', 'stack');
};

const parsed = (text: string): unknown => {
  try {
    // Tags such as !Ref and !Sub say nothing here: what they stand before is read as it is.
    return parse(text, { uniqueKeys: false, maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    return null;
  }
};

const within = (document: unknown, text: string): TemplateRead | null => {
  const map = asMap(document);
  if (!map) return null;
  if (Array.isArray(map['Stacks'])) return ofStacks(map['Stacks']);
  if (Array.isArray(map['Parameters'])) return ofStack(map);
  return asMap(map['Resources']) ? ofTemplate(map, text) : null;
};

/** What a template's text, or a stack's description, tells of its version. It never says a value but the client's version. */
export const readTemplate = (text: string): TemplateRead => {
  if (text.trim() === '') return wrong('it is empty');
  const document = parsed(text);
  const body = asMap(document)?.['TemplateBody'];
  const inner = asText(body);
  const read = inner === null ? within(body ?? document, text) : within(parsed(inner), inner);
  return read ?? wrong(NO_TEMPLATE);
};

/** The same of a file; null when there is none. Some texts take the YAML reader minutes: for the measuring child alone. */
export const awsTemplate = (path: string): TemplateRead | null => {
  const found = file(path);
  return found && readTemplate(found.text);
};
