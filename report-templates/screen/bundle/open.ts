import { render } from 'ink';
import { createElement } from 'react';
import type { HandOver } from '../app.ts';
import { Wizard, type WizardProps } from './app.ts';

/** An open wizard: shows what it is given until it is closed; closing gives the terminal back as it was. */
export type OpenWizard = {
  readonly update: (props: WizardProps) => void;
  readonly handOver: HandOver;
  readonly close: () => Promise<void>;
};

const MOST_FRAMES = 10;

/** Opens the wizard on this process's terminal, on the alternate screen. Signals and Ctrl-C stay the caller's business. */
export const openWizard = (first: WizardProps): OpenWizard => {
  let given: HandOver | null = null;
  const onOpen = (handOver: HandOver) => {
    given = handOver;
  };
  const instance = render(createElement(Wizard, { ...first, onOpen }), {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: MOST_FRAMES,
    exitOnCtrlC: false,
    patchConsole: false,
    // Whether there is a terminal is the caller's finding, also on build machines.
    interactive: true,
  });
  return {
    update: (props) => instance.rerender(createElement(Wizard, { ...props, onOpen })),
    handOver: async (meanwhile) => given?.(meanwhile),
    close: async () => {
      instance.unmount();
      await instance.waitUntilExit();
    },
  };
};
