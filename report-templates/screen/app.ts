import { Box, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Report } from '../../src/model.ts';
import { oneLine, printableDeep } from '../../src/printable.ts';
import type { Action } from './action.ts';
import type { Reason } from './detail.ts';
import { frameOf } from './frame.ts';
import { drawnRow, keysOf } from './input.ts';
import { press } from './keys.ts';
import { opened } from './login-keys.ts';
import type { LoginsShown } from './login-parts.ts';
import { waitingForLogin } from './login-rows.ts';
import type { Key } from './overlay-keys.ts';
import { FRESH, type Overlay, type Shown } from './state.ts';

/** Gives the terminal back as it was, does something, then takes the terminal again and draws all anew. */
export type HandOver = (meanwhile: () => void) => Promise<void>;

/** What the screen is shown, and where its key presses go. */
export type ScreenProps = {
  readonly report: Report;
  readonly reasons: Readonly<Record<string, Reason>>;
  readonly options: { readonly ascii: boolean; readonly color: boolean };
  readonly notice: string | null;
  readonly refused: string | null;
  readonly logins: LoginsShown;
  /** Called with what gives the terminal away while `meanwhile` runs, and then draws anew. */
  readonly onOpen?: (handOver: HandOver) => void;
  readonly onAction: (action: Action) => void;
  /** The wall clock, ms since 1970; a fixed one for tests. */
  readonly clock?: () => number;
};

/** Signs that turn and times that run: at most so often, ms. */
const TICK_MS = 500;

/** Pages into which is typed, so that pasted text is for them. */
const TYPED: readonly (Overlay | null)[] = ['filter', 'save', 'login'];

/** The screen: shows a report and hands key presses back as actions. It runs nothing and decides no outcome. */
export const Screen = (props: ScreenProps): ReactNode => {
  const { reasons, options, refused, logins, onAction, clock = Date.now } = props;
  // Made printable once more: what draws on a terminal trusts nobody.
  const report = useMemo(() => printableDeep(waitingForLogin(props.report, logins)), [props.report, logins]);
  const notice = props.notice === null ? null : oneLine(props.notice);
  const { columns, rows } = useWindowSize();
  const [kept, setState] = useState(FRESH);
  const [tick, setTick] = useState(0);
  const { suspendTerminal } = useApp();
  useEffect(() => props.onOpen?.((meanwhile) => suspendTerminal(meanwhile)), [props.onOpen, suspendTerminal]);
  const given = { report, reasons, ascii: options.ascii, columns, rows, notice, refused, logins };
  const shownAt = (still: boolean): Shown => ({ ...given, tick, still, now: clock() });
  const state = opened(kept, shownAt(true));
  // Only what turns or runs is drawn again and again: a page in which a person types is not.
  const ticking = state.overlay !== 'login' && report.pending.some((one) => one.state === 'running');
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setTick((before) => before + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [ticking]);

  const shown = shownAt(!ticking);
  // Keys may come several at a time, so each is pressed on what the one before it left.
  const latest = useRef(kept);
  const pressKeys = (keys: readonly Key[]) => {
    if (notice !== null) onAction({ kind: 'seen' });
    latest.current = opened(latest.current, shown);
    for (const key of keys) {
      const { state: next, action } = press(latest.current, key, shown);
      latest.current = next;
      if (action) onAction(action);
    }
    setState(latest.current);
  };
  useInput((input, key) => pressKeys(keysOf(input, key)));
  usePaste((text) => {
    if (TYPED.includes(opened(latest.current, shown).overlay)) pressKeys([{ text }]);
  });

  const drawnRows = frameOf(shown, state).map((one) => drawnRow(one, options.color));
  return createElement(Box, { flexDirection: 'column', width: columns, height: rows }, ...drawnRows);
};
