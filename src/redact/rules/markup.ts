import type { Put, Rule } from '../rule.ts';
import { cleanNamed } from '../structure/cleaned.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#34': '"',
};
const read = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos|#39|#34);/g, (_, name: string) => ENTITIES[name] ?? '');

const ELEMENT =
  /<((?:[\w-]{1,40}:)?([A-Za-z][\w.-]{0,60}))((?:\s[^<>]{0,400})?)>(\s{0,40})([^<]{1,20000}?)(\s{0,40}<\/)/g;
const CDATA =
  /<((?:[\w-]{1,40}:)?([A-Za-z][\w.-]{0,60}))((?:\s[^<>]{0,400})?)>(\s{0,40}<!\[CDATA\[)((?:[^\]]|\](?!\]>)){1,20000})(\]\]>\s{0,40}<\/)/g;
const NAMED_BY = /\b(?:name|key|id|property)=["']([\w.-]{1,100})["']/i;
const ATTRIBUTES =
  /(<[A-Za-z][\w:.-]{0,60}\s[^<>]{0,300}?\b(?:name|key|id)=["']([\w.-]{1,100})["'][^<>]{0,200}?\b(?:value|content)=["'])([^"'<>]{1,4000})/gi;

const cleaned = (name: string, value: string, around: string, put: Put): string | null => {
  const plain = read(value);
  const named = cleanNamed({ name, parent: '', place: 'quoted', around }, plain, put);
  return named === null ? null : named.text + plain.slice(plain.length - (named.rest ?? 0));
};

/** XML and HTML by the names of elements and attributes: `<password>x</password>`, `<add key="Secret" value="x"/>`. */
export const markup: Rule = {
  id: 'credential.markup',
  tier: 'credential',
  kind: 'secret',
  triggers: ['<[a-z][a-z0-9:._-]{1,60}>', '<[a-z][^<>]{1,200}="', '</[a-z]'],
  apply: (text, put) => {
    if (!text.includes('<')) return text;
    const element = (
      whole: string,
      ...[tag, local, attributes, lead, value, close, at, all]: [
        string,
        string,
        string,
        string,
        string,
        string,
        number,
        string,
      ]
    ): string => {
      const around = all.slice(Math.max(0, at - 200), at + 300);
      const became =
        cleaned(NAMED_BY.exec(attributes)?.[1] ?? local, value, around, put) ?? cleaned(local, value, around, put);
      return became === null ? whole : `<${tag}${attributes}>${lead}${became}${close}`;
    };
    return text
      .replace(CDATA, element)
      .replace(ELEMENT, element)
      .replace(ATTRIBUTES, (whole, lead: string, name: string, value: string) => {
        const became = cleaned(name, value, '', put);
        return became === null ? whole : lead + became;
      });
  },
};

const PART =
  /(\bname="([\w.[\]-]{1,80})"(?:; filename="[^"\n]{0,200}")?\r?\n(?:[\w-]{1,40}: [^\n]{0,200}\n){0,4}\r?\n)([^\r\n]{1,4000})/g;

/** The parts of a form (multipart/form-data) by their names. */
export const formParts: Rule = {
  id: 'credential.form-part',
  tier: 'credential',
  kind: 'secret',
  triggers: ['form-data'],
  apply: (text, put) =>
    text.includes('name="')
      ? text.replace(PART, (whole, lead: string, name: string, value: string) => {
          const became = cleaned(name, value, '', put);
          return became === null ? whole : lead + became;
        })
      : text,
};
