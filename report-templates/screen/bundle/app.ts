import { Box, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { printableDeep } from '../../../src/printable.ts';
import type { HandOver } from '../app.ts';
import { drawnRow, keysOf } from '../input.ts';
import type { Key } from '../overlay-keys.ts';
import type { BundleAction } from './action.ts';
import { wizardFrame } from './frame.ts';
import { pressWizard } from './keys.ts';
import type { BundleShown } from './shown.ts';
import { FRESH_WIZARD, pageOf, type WizardState } from './state.ts';

/** What the wizard is shown, and where its key presses go. */
export type WizardProps = {
  readonly shown: BundleShown;
  readonly options: { readonly ascii: boolean; readonly color: boolean };
  /** Where the wizard begins. */
  readonly first?: Partial<WizardState>;
  /** Called with what gives the terminal away while something else runs, and then draws anew. */
  readonly onOpen?: (handOver: HandOver) => void;
  readonly onAction: (action: BundleAction) => void;
};

const TICK_MS = 500;

/** Pages into which is typed, so that pasted text is for them. */
const TYPED = ['scope', 'rule'];

/** The wizard: shows what it is given and hands key presses back as actions. It runs nothing. */
export const Wizard = (props: WizardProps): ReactNode => {
  const { options, onAction } = props;
  // Made printable once more: what draws on a terminal trusts nobody.
  const shown = { ...props.shown, ...printableDeep({ rows: props.shown.rows, notice: props.shown.notice }) };
  const { columns, rows } = useWindowSize();
  const [state, setState] = useState<WizardState>({ ...FRESH_WIZARD, ...props.first });
  const [tick, setTick] = useState(0);
  const { suspendTerminal } = useApp();
  useEffect(() => props.onOpen?.((meanwhile) => suspendTerminal(meanwhile)), [props.onOpen, suspendTerminal]);
  const busy = shown.phase === 'writing';
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(() => setTick((before) => before + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [busy]);

  const room = { columns, rows, ascii: options.ascii, tick };
  // Keys may come several at a time, so each is pressed on what the one before it left.
  const latest = useRef(state);
  const pressKeys = (keys: readonly Key[]) => {
    if (shown.notice !== null) onAction({ kind: 'seen' });
    for (const key of keys) {
      const { state: next, actions } = pressWizard(latest.current, key, shown, room);
      latest.current = next;
      for (const action of actions) onAction(action);
    }
    setState(latest.current);
  };
  useInput((input, key) => pressKeys(keysOf(input, key)));
  usePaste((text) => {
    if (TYPED.includes(pageOf(shown, latest.current))) pressKeys([{ text }]);
  });

  const drawn = wizardFrame(shown, state, room).map((one) => drawnRow(one, options.color));
  return createElement(Box, { flexDirection: 'column', width: columns, height: rows }, ...drawn);
};
