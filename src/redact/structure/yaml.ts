import { isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments, type Scalar as YamlScalar } from 'yaml';
import type { Put } from '../rule.ts';
import { cleanScalar } from './scalar.ts';

/** A piece of a text that becomes another. */
type Change = { readonly start: number; readonly end: number; readonly text: string };
type Place = { readonly name: string; readonly parent: string; readonly before: string; readonly command: string };

const TOP: Place = { name: '', parent: '', before: '', command: '' };
/** Deepest nesting and longest file that are read as YAML; others are read by lines. */
const DEEPEST = 100;
const LONGEST = 4_000_000;

const SECRET_KIND = /(?:^|\{|- )\s{0,8}["']?kind["']?:\s{0,4}["']?(?:Secret|SealedSecret)\b/m;

const quoted = (text: string): string =>
  `"${text.replace(/["\\]|[^ -\uffff]/g, (one) => {
    if (one === '"' || one === '\\') return `\\${one}`;
    return `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`;
  })}"`;

// As many lines as before: what a quoted text folds over is kept as line ends before its closing quote.
const flow = (source: string, becomes: string): string => {
  const folds = source
    .split('\n')
    .slice(1)
    .map((line) => `\n${/^[ \t]*/.exec(line)?.[0] ?? ''}`);
  const text = quoted(becomes);
  return folds.length === 0 ? text : `${text.slice(0, -1)}${folds.join('')}"`;
};

// A block keeps its header, its indentation and the number of its lines.
const block = (source: string, becomes: string): string => {
  const [header = '', ...lines] = source.split('\n');
  const indent = /^[ \t]*/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
  const cleaned = becomes.replace(/\n+$/, '').split('\n');
  const held = lines.findLastIndex((line) => line.trim() !== '');
  const same = cleaned.length === held + 1;
  const put = (line: string, at: number): string => {
    if (at > held || (line.trim() === '' && !same)) return line;
    const text = same ? (cleaned[at] ?? '') : (cleaned[0] ?? '');
    return text === '' ? '' : indent + text;
  };
  return [header, ...lines.map(put)].join('\n');
};

const saidBy = (node: Node): string => {
  if (!isMap(node)) return '';
  const name = node.items.find((pair) => isScalar(pair.key) && /^(?:name|key)$/i.test(String(pair.key.value)))?.value;
  return isScalar(name) && typeof name.value === 'string' ? name.value : '';
};

/** Cleans the scalars of YAML by the names they stand behind; null where it is no YAML that can be read so. */
export const cleanYaml = (text: string, put: Put, inner: (said: string) => string): string | null => {
  if (text.length > LONGEST) return null;
  const documents = parseAllDocuments(text, {
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
    maxAliasCount: 0,
  } as object);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null;
  let secretMaps = false;
  const changes: Change[] = [];
  const scalar = (node: YamlScalar, place: Place): string => {
    const [start = 0, end = 0] = node.range ?? [];
    const source = text.slice(start, end);
    const isBlock = /^BLOCK/.test(node.type ?? '');
    const value = typeof node.value === 'string' ? node.value : source.trim();
    const around = text.slice(Math.max(0, start - 200), end + 200);
    const cleaned = inner(cleanScalar({ ...place, value, secretMaps, around }, put) ?? value);
    if (cleaned !== value) changes.push({ start, end, text: isBlock ? block(source, cleaned) : flow(source, cleaned) });
    return value;
  };
  const walk = (node: unknown, place: Place, depth: number): void => {
    if (depth > DEEPEST) return;
    if (isScalar(node)) scalar(node, place);
    else if (isSeq(node)) {
      let [before, command] = ['', ''];
      for (const item of node.items) {
        const said = isScalar(item) ? String(item.value) : '';
        walk(item, { name: place.name, parent: place.parent, before, command }, depth + 1);
        before = said;
        command = `${command} ${said}`.slice(-60);
      }
    } else if (isMap(node)) {
      const said = saidBy(node);
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value) : '';
        if (isScalar(pair.key) && /\d{7}|@|\.\w/.test(key)) scalar(pair.key as YamlScalar, TOP);
        const name = /^value$/i.test(key) && said !== '' ? said : key;
        walk(pair.value, { name, parent: place.name, before: '', command: '' }, depth + 1);
      }
    } else if (isPair(node)) walk(node.value, place, depth + 1);
  };
  for (const document of documents) {
    const [start = 0, , end = text.length] = document.range ?? [];
    secretMaps = SECRET_KIND.test(text.slice(start, end));
    walk(document.contents, TOP, 0);
  }
  return changed(text, changes, inner);
};

const COMMENT = /(^|[ \t])#[^\n]*/gm;

// What stands between scalars is structure and comments; a comment is read as text.
const changed = (text: string, changes: readonly Change[], inner: (said: string) => string): string => {
  let [out, done] = ['', 0];
  const between = (piece: string): string => piece.replace(COMMENT, (comment) => inner(comment));
  for (const { start, end, text: becomes } of [...changes].sort((a, b) => a.start - b.start)) {
    if (start < done) continue;
    out += between(text.slice(done, start)) + becomes;
    done = end;
  }
  return out + between(text.slice(done));
};
