import type { Action, OpenScreen, ScreenProps } from '../../report-templates/screen.tsx';
import type { ShowOptions } from './options.ts';
import { colorful } from './terminal.ts';

/** How long the screen may take to close, ms. */
const CLOSING_MS = 200;

/** A wait that keeps nothing alive. */
export const patience = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms).unref());

/** The screen over a run: opened at the first report, drawn anew at each. */
export const shownRun = (
  showing: ShowOptions,
  onAction: (action: Action) => void,
  failed: (error: unknown) => void,
) => {
  const loading = import('../../report-templates/screen.tsx');
  const options = { ascii: showing.ascii, color: colorful(showing, true, process.env) };
  let screen: OpenScreen | null = null;
  let props: ScreenProps | null = null;
  let closed = false;
  loading.catch(failed);
  return {
    show: (shown: Omit<ScreenProps, 'options' | 'onAction'>) => {
      const opens = props === null;
      props = { ...shown, options, onAction };
      if (closed) return;
      screen?.update(props);
      // The library may still be loading: what it draws first is the report of that moment.
      if (opens)
        loading.then(({ openScreen }) => {
          if (!closed && props) screen = openScreen(props);
        }, failed);
    },
    handOver: async (meanwhile: () => void) => (screen ? screen.handOver(meanwhile) : meanwhile()),
    close: async () => {
      closed = true;
      await Promise.race([screen?.close(), patience(CLOSING_MS)]);
    },
  };
};
