import type { Finding, Pending, Required, Result } from '../../src/model.ts';
import { originOf, stateOf } from '../words.ts';
import { cells } from '../wrap.ts';
import { connectionPicture } from './connection.ts';
import { evidenceLines } from './evidence.ts';
import { BLANK, type Line, line, rule, type Style, span, wrapped } from './line.ts';
import { pictureOf } from './picture.ts';
import { type Item, isResult } from './rows.ts';
import { signOf } from './signs.ts';

/** What the spec and the check say beside the report: why a requirement matters, and what is looked at. */
export type Reason = { readonly reason: string; readonly touches: string; readonly writes?: string };

/** `airy`: there is room for an empty line between the parts. */
export type DetailLook = {
  readonly width: number;
  readonly tick: number;
  readonly ascii: boolean;
  readonly airy: boolean;
};

/** A limit as people read it, with the sign for it where the terminal has one. */
export const limitText = (text: string, ascii: boolean): string =>
  ascii ? text : text.replaceAll('>=', '≥').replaceAll('<=', '≤');

const seconds = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

const text = (words: string, width: number, style: Style = {}): readonly Line[] =>
  wrapped(words, width).map((one) => line(span(one, style)));

/** Text behind a label that hangs out to the left. */
const hanging = (label: string, words: string, width: number, style: Style = {}): readonly Line[] => {
  const indent = cells(label);
  return wrapped(words, width - indent).map((one, at) => line(at === 0 ? span(label, style) : ' '.repeat(indent), one));
};

const part = (title: string, lines: readonly Line[], { width, airy }: DetailLook): readonly Line[] =>
  lines.length > 0 ? [...(airy ? [BLANK] : []), rule(width, title), ...lines] : [];

const requiredLines = (required: Required | undefined, look: DetailLook): readonly Line[] =>
  required
    ? hanging('required  ', `${limitText(required.display, look.ascii)}   (${originOf(required)})`, look.width, {
        dim: true,
      })
    : [];

const foundLines = (findings: readonly Finding[], width: number): readonly Line[] =>
  findings.flatMap(({ outcome, subject, message }) => {
    const { sign, style } = signOf(outcome);
    return hanging(
      `${sign} `,
      subject && !message.includes(subject) ? `${subject}: ${message}` : message,
      width,
      style,
    );
  });

/** What to do about a result, each step once. */
export const remediesOf = ({ findings }: Result): readonly string[] => [
  ...new Set(findings.flatMap(({ remedy }) => (remedy ? [remedy] : []))),
];

const remedyLines = (result: Result, width: number): readonly Line[] => {
  const links = [...new Set(result.findings.flatMap(({ link }) => (link ? [link] : [])))];
  return [
    ...remediesOf(result).flatMap((remedy, at) => hanging(`${at + 1}  `, remedy, width)),
    ...links.flatMap((link) => hanging('   ', link, width, { dim: true })),
  ];
};

const evidence = ({ measured }: Result, width: number): readonly Line[] =>
  measured
    ? evidenceLines(measured).flatMap((fact) => {
        const indent = /^ */.exec(fact)?.[0] ?? '';
        return hanging(indent, fact.trimStart(), width);
      })
    : [];

const sourceLines = ({ source }: Result, width: number): readonly Line[] =>
  source
    ? [
        ...text(`${source.document}, ${source.clause}: ${source.says}`, width),
        ...(source.link ? text(source.link, width, { dim: true }) : []),
        ...text(`read on ${source.checkedOn}`, width, { dim: true }),
      ]
    : [];

const resultBody = (result: Result, why: Reason | undefined, look: DetailLook): readonly Line[] => {
  const { width } = look;
  const { waived } = result;
  const picture = [...pictureOf(result, width, look.ascii), ...connectionPicture(result, width)];
  return [
    ...text(`${result.id}   ${result.level}   took ${seconds(result.durationMs)}`, width, { dim: true }),
    ...(result.measured ? hanging('measured  ', result.measured.display, width, { dim: true }) : []),
    ...requiredLines(result.required, look),
    ...(waived
      ? hanging('waived    ', `${waived.reason}, until ${waived.until}, by ${waived.by}`, width, { dim: true })
      : []),
    BLANK,
    ...foundLines(result.findings, width),
    ...part('what to do', remedyLines(result, width), look),
    ...(look.airy && picture.length > 0 ? [BLANK] : []),
    ...picture,
    ...part('why it matters', why ? text(why.reason, width) : [], look),
    ...part('evidence', evidence(result, width), look),
    ...part('source', sourceLines(result, width), look),
  ];
};

/** A bar so many cells wide, filled by a share of 0 to 1. */
export const barOf = (share: number, width: number): string => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
};

const pendingBody = (pending: Pending, why: Reason | undefined, look: DetailLook): readonly Line[] => {
  const { width } = look;
  const { progress, note, asking } = pending;
  const bar = Math.max(10, Math.min(48, width - 8));
  return [
    ...text(pending.id, width, { dim: true }),
    ...requiredLines(pending.required, look),
    BLANK,
    ...(progress === undefined
      ? []
      : [line(span(barOf(progress, bar), { color: 'cyan' }), ` ${Math.round(progress * 100)}%`), BLANK]),
    ...(note ? hanging('so far    ', note, width, { dim: true }) : []),
    ...(asking ? hanging('asking    ', asking, width, { dim: true }) : []),
    ...(why ? hanging('looks at  ', why.touches, width, { dim: true }) : []),
    ...(why?.writes ? hanging('touches   ', `It ${why.writes}.`, width, { dim: true }) : []),
    BLANK,
    ...text('c cancels this check.', width, { dim: true }),
    ...part('why it matters', why ? text(why.reason, width) : [], look),
  ];
};

/** The first line of a detail page: state and title. */
export const detailTitle = ({ of, title, state }: Item, tick: number): Line => {
  const { sign, word, style } = signOf(isResult(of) ? stateOf(of) : state, tick);
  return line(span(`${sign} ${word}`, style), '  ', span(title, { bold: true }));
};

/** Everything about one check, in lines of at most so many cells. */
export const detailBody = (item: Item, why: Reason | undefined, look: DetailLook): readonly Line[] =>
  isResult(item.of) ? resultBody(item.of, why, look) : pendingBody(item.of, why, look);
