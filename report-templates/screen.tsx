import { render } from 'ink';
import { type HandOver, Screen, type ScreenProps } from './screen/app.ts';

export type { Action } from './screen/action.ts';
export type { HandOver, ScreenProps };

/** An open screen: shows what it is given until it is closed; closing gives the terminal back as it was. */
export type OpenScreen = {
  readonly update: (props: ScreenProps) => void;
  readonly handOver: HandOver;
  readonly close: () => Promise<void>;
};

const MOST_FRAMES = 10;

/** Opens the screen on this process's terminal, on the alternate screen. Signals and Ctrl-C stay the caller's business. */
export const openScreen = (first: ScreenProps): OpenScreen => {
  let given: HandOver | null = null;
  const onOpen = (handOver: HandOver) => {
    given = handOver;
  };
  const instance = render(<Screen {...first} onOpen={onOpen} />, {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: MOST_FRAMES,
    exitOnCtrlC: false,
    patchConsole: false,
    // Whether there is a terminal is the caller's finding, also on build machines.
    interactive: true,
  });
  return {
    update: (props) => instance.rerender(<Screen {...props} onOpen={onOpen} />),
    handOver: async (meanwhile) => given?.(meanwhile),
    close: async () => {
      instance.unmount();
      await instance.waitUntilExit();
    },
  };
};
