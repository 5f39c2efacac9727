import { inAscii } from '../ascii.ts';
import { BLANK, cutLine, edges, type Line, line, rule, span } from '../line.ts';
import { signOf } from '../signs.ts';
import { consentLines, planningLines } from './consent-page.ts';
import { noticeAbove, wizardFooter } from './footer.ts';
import { overlayLines } from './overlay-page.ts';
import { previewLines, ruleLines, wholeLines, wholeRows } from './preview-page.ts';
import { doneLines, failedLines, writingLines } from './result-page.ts';
import { scopeLines } from './scope-page.ts';
import type { BundleShown, Room } from './shown.ts';
import { pageOf, STEP_WORDS, stepOf, type WizardState, type WizardView, wizardView } from './state.ts';

/** The product's end, before everything else on every page, and whose bundle it is. */
const firstLine = ({ lifecycle, host, scope }: BundleShown, { columns }: Room): Line => {
  const ended = lifecycle.status === 'ended';
  const words = `${columns < 60 ? '' : 'product '}${ended ? 'ended' : 'ends'} ${lifecycle.endedOn}`;
  const mark = signOf(ended ? 'warn' : 'waiting').sign;
  const life = span(`${mark} ${words}`, ended ? { color: 'yellow' } : {});
  const number = scope.case === '' ? '' : `${columns < 60 ? '' : 'case '}${scope.case}`;
  return edges(line(life, '   ', span(host, { bold: true })), line(span(number, { dim: true })), columns);
};

const titleLine = (shown: BundleShown, state: WizardState, { columns }: Room): Line => {
  const step = stepOf(shown, state);
  const failed = shown.phase === 'failed';
  const page = pageOf(shown, state);
  const preview = page === 'preview' || page === 'whole' || page === 'rule';
  const words = failed ? 'not written' : preview ? 'redaction preview' : STEP_WORDS[step - 1];
  const left = line(
    span('Support bundle', { bold: true }),
    span(`  ${columns < 60 ? '' : 'step '}${step} of 4  ${words}`, { dim: true }),
  );
  return cutLine(left, columns);
};

const bodyOf = (shown: BundleShown, state: WizardState, view: WizardView, room: Room): readonly Line[] => {
  if (state.overlay) return overlayLines(state.overlay, shown, state.input, room);
  const pages: Readonly<Record<ReturnType<typeof pageOf>, () => readonly Line[]>> = {
    scope: () => scopeLines(shown, state, room),
    planning: () => planningLines(shown, room),
    consent: () => consentLines(shown, state, view, room),
    preview: () => previewLines(shown, state, view, room),
    whole: () => wholeLines(shown, state, view, room),
    rule: () => ruleLines(shown, state, room),
    writing: () => writingLines(shown, room),
    done: () => doneLines(shown, room),
    failed: () => failedLines(shown, room),
  };
  return pages[pageOf(shown, state)]();
};

/** Pages that scroll by themselves, within. */
const OWN_SCROLL = ['consent', 'preview', 'whole'];

/** How far the page can be scrolled. */
export const mostScroll = (shown: BundleShown, state: WizardState, room: Room): number => {
  const view = wizardView(shown, state, room);
  const page = pageOf(shown, state);
  const preview = shown.previews.find(({ path }) => path === view.path);
  if (!state.overlay && page === 'whole')
    return Math.max(0, wholeRows(preview?.lines ?? [], room.columns).length - (view.height - 2));
  if (!state.overlay && page === 'preview') return Math.max(0, 3 * (preview?.changes.length ?? 0) - 3);
  return Math.max(0, bodyOf(shown, state, view, room).length - view.height);
};

const windowed = (lines: readonly Line[], from: number, height: number, columns: number): readonly Line[] => {
  const start = Math.max(0, Math.min(from, lines.length - height));
  const seen = lines.slice(start, start + height);
  const below = lines.length - start - height;
  if (below <= 0) return [...seen, ...Array.from({ length: Math.max(0, height - seen.length) }, () => BLANK)];
  return [...seen.slice(0, -1), cutLine(line(span(`… ${below + 1} more lines ↓`, { dim: true })), columns)];
};

const tinyLines = (shown: BundleShown, state: WizardState, { columns, rows }: Room): readonly Line[] =>
  [
    line(span(`ended ${shown.lifecycle.endedOn}`, { color: 'yellow' })),
    line(`bundle, step ${stepOf(shown, state)} of 4`),
    line(span('needs 40x10', { dim: true })),
    line(span('ctrl-c quits', { dim: true })),
  ]
    .slice(0, rows)
    .map((one) => cutLine(one, columns));

/** The wizard as lines: exactly as many as the terminal has rows, none wider than its columns. */
export const wizardFrame = (shown: BundleShown, state: WizardState, room: Room): readonly Line[] => {
  const { columns, rows, ascii } = room;
  const view = wizardView(shown, state, room);
  const notice = noticeAbove(shown, columns);
  const own = state.overlay === null && OWN_SCROLL.includes(pageOf(shown, state));
  const lines =
    view.layout === 'tiny'
      ? [...tinyLines(shown, state, room), ...Array.from({ length: rows }, () => BLANK)]
      : [
          firstLine(shown, room),
          titleLine(shown, state, room),
          ...windowed(bodyOf(shown, state, view, room), own ? 0 : state.scroll, view.height, columns).slice(
            0,
            view.height - notice.length,
          ),
          rule(columns),
          ...notice,
          wizardFooter(shown, state, room),
        ];
  const whole = lines.slice(0, rows).map((one) => cutLine(one, columns));
  return ascii ? whole.map(inAscii) : whole;
};
