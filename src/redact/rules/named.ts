import type { Put, Rule } from '../rule.ts';
import { cleanNamed } from '../structure/cleaned.ts';
import { COLOUR } from '../structure/colour.ts';
import { type Ending, type Extent, valueAt } from '../structure/extent.ts';
import { bareName, meaningOf } from '../structure/words.ts';
import { NAMED_TRIGGERS } from './triggers.ts';

// A name and what parts it from its value, with quotes, brackets and colours between.
const NAME = new RegExp(
  `(?:(?<=${COLOUR})|(?<![\\w.\\x80-\\xff-])|(?<=[^\\w.\\x80-\\xff-]\\.))((?:-{0,2}|@|\\$)[A-Za-z_\\x80-\\xff][\\w.\\x80-\\xff-]{0,79})((?:${COLOUR}|\\\\{1,7}["']|[ \\t"'\`\\])]|&quot;|%22|%5D){0,8})((?:=>|:=|={1,3}|!={1,2}|<>|:|%3D|%3A|(?<=["']|\\{[a-z_]{2,40}),|(?<=");s:\\d{1,6}:(?=")|\\((?=["'][^"'\\n]{4,256}["']\\)))(?:\\s{0,2}string\\(\\d{1,6}\\)|\\s{0,2}Some\\((?=["']))?)`,
  'g',
);
const DECORATION =
  /^(?:[\s#;/>*<|+$!-]{0,24})(?:(?:export|set|setenv|ENV|ARG|declare -x|SET|local|readonly)\s{1,4})?["']?$/;

const lineStart = (text: string, at: number): boolean => {
  const near = text.slice(Math.max(0, at - 49), at);
  const from = Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\0')) + 1;
  return (from > 0 || at < 49) && DECORATION.test(near.slice(from));
};

const endingOf = (text: string, at: number, parting: string): Ending => {
  const before = text[at - 1] ?? '';
  if (parting.startsWith('%')) return 'nested';
  if (before === '?' || before === '&' || /%26$|%3F$/i.test(text.slice(Math.max(0, at - 3), at))) return 'query';
  if (lineStart(text, at)) return 'line';
  return before === '[' || before === '(' || before === '{' ? 'list' : 'word';
};

// A line of a properties file that ends with `\\` goes on in the next.
const continued = (text: string, extent: Extent): Extent => {
  let { end } = extent;
  for (let lines = 0; extent.quote === '' && text[end - 1] === '\\' && lines < 50; lines += 1) {
    if (!/^\r?\n/.test(text.slice(end, end + 2))) break;
    const next = text.indexOf('\n', text.indexOf('\n', end) + 1);
    end = next < 0 ? text.length : next;
    if (text[end - 1] === '\r') end -= 1;
  }
  return { ...extent, end };
};

const OPENING = /(?:\\{0,7}["'`])$/;

/** Values behind names: `DB_PASSWORD=x`, `"pin": 1234`, `Authorization: Basic x`, `?token=x`, `--secret=x`, `[phone: 66...]`. */
const apply = (text: string, put: Put): string => {
  let [out, done] = ['', 0];
  NAME.lastIndex = 0;
  for (let found = NAME.exec(text); found; found = NAME.exec(text)) {
    const [whole, name = '', between = '', parting = ''] = found;
    const meaning = meaningOf(bareName(name));
    if (!meaning || (parting === ':' && text[found.index + whole.length] === ':')) continue;
    // `${NAME:?what to say without it}`
    if (parting === ':' && text[found.index + whole.length] === '?' && text[found.index - 1] === '{') continue;
    const ending = endingOf(text, found.index, parting);
    // Only a quote that opens before the name and does not close behind it holds the value too.
    const opens = /["'`]/.test(between)
      ? ''
      : (OPENING.exec(text.slice(Math.max(0, found.index - 8), found.index))?.[0] ?? '');
    const long =
      ending !== 'query' &&
      ending !== 'nested' &&
      /^(?:body|maybe|person|address|auth|cook)/.test(meaning.is) &&
      meaning.is !== 'maybe-phone';
    const extent = continued(text, valueAt(text, found.index + whole.length, long ? 'line' : ending, opens));
    // A pair such as ('DB_PASSWORD', 'x') has both in quotes.
    if (parting === ',' && (extent.quote === '' || meaning.is !== 'credential')) continue;
    const value = text.slice(extent.start, extent.end);
    const cleaned = cleanNamed(
      {
        name,
        parent: '',
        place:
          extent.quote !== ''
            ? 'quoted'
            : ending === 'line' && parting !== ':'
              ? 'assigned'
              : ending === 'line'
                ? 'line'
                : ending === 'nested'
                  ? 'query'
                  : ending,
        around: text.slice(Math.max(0, found.index - 240), found.index + 240),
      },
      value,
      put,
    );
    if (cleaned === null) continue;
    const rest = cleaned.rest ?? 0;
    const folds = ending === 'line' ? value.split('\n').slice(1) : [];
    out +=
      text.slice(done, extent.start) +
      (extent.quote === '' && /["']/.test(between) ? `"${cleaned.text}"` : cleaned.text) +
      folds.map((line) => `\\\n${/^[ \t]*/.exec(line)?.[0] ?? ''}`).join('');
    done = extent.end - rest;
    NAME.lastIndex = Math.max(done, found.index + whole.length);
  }
  return done === 0 ? text : out + text.slice(done);
};

export const named: Rule = {
  id: 'credential.named',
  tier: 'credential',
  kind: 'secret',
  triggers: NAMED_TRIGGERS,
  apply,
};
