import { render } from 'ink';
import { Screen, type ScreenProps } from './screen/app.ts';

export type { Action } from './screen/state.ts';
export type { ScreenProps };

/** An open screen: shows what it is given until it is closed; closing gives the terminal back as it was. */
export type OpenScreen = {
  readonly update: (props: ScreenProps) => void;
  readonly close: () => Promise<void>;
};

const MOST_FRAMES = 10;

/** Opens the screen on this process's terminal, on the alternate screen. Signals and Ctrl-C stay the caller's business. */
export const openScreen = (first: ScreenProps): OpenScreen => {
  const instance = render(<Screen {...first} />, {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: MOST_FRAMES,
    exitOnCtrlC: false,
    patchConsole: false,
    // Whether there is a terminal is the caller's finding, also on build machines.
    interactive: true,
  });
  return {
    update: (props) => instance.rerender(<Screen {...props} />),
    close: async () => {
      instance.unmount();
      await instance.waitUntilExit();
    },
  };
};
