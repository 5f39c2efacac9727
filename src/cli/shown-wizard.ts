import type { BundleAction } from '../../report-templates/screen/bundle/action.ts';
import type { WizardProps } from '../../report-templates/screen/bundle/app.ts';
import type { OpenWizard } from '../../report-templates/screen/bundle/open.ts';
import type { BundleShown } from '../../report-templates/screen/bundle/shown.ts';
import type { ShowOptions } from './options.ts';
import { patience } from './shown-run.ts';
import { colorful } from './terminal.ts';

/** How long the screen may take to close, ms. */
const CLOSING_MS = 200;
/** Progress is drawn at most so often, ms: drawing costs what packing could use. */
const DRAWING_MS = 120;

/** The screen of the wizard: opened at the first showing, drawn anew at each. */
export const shownWizard = (
  showing: Pick<ShowOptions, 'ascii' | 'color' | 'tui'>,
  { host }: { readonly host: string },
  onAction: (action: BundleAction) => void,
  failed: (error: unknown) => void,
) => {
  const loading = import('../../report-templates/screen/bundle/open.ts');
  loading.catch(failed);
  const options = { ascii: showing.ascii, color: colorful(showing, true, process.env) };
  let screen: OpenWizard | null = null;
  let props: WizardProps | null = null;
  let closed = false;
  let drawn = 0;
  let later: NodeJS.Timeout | undefined;
  const draw = (): void => {
    clearTimeout(later);
    later = undefined;
    drawn = performance.now();
    if (!closed && props) screen?.update(props);
  };
  return {
    show: (shown: Omit<BundleShown, 'host'>) => {
      const opens = props === null;
      const quiet = props?.shown.phase === 'writing' && shown.phase === 'writing';
      props = { shown: { ...shown, host }, options, onAction };
      if (closed) return;
      const wait = drawn + DRAWING_MS - performance.now();
      if (!quiet || wait <= 0) draw();
      else later ??= setTimeout(draw, wait).unref();
      if (opens)
        loading.then(({ openWizard }) => {
          if (!closed && props) screen = openWizard(props);
        }, failed);
    },
    handOver: async (meanwhile: () => void) => (screen ? screen.handOver(meanwhile) : meanwhile()),
    close: async () => {
      closed = true;
      clearTimeout(later);
      await Promise.race([screen?.close(), patience(CLOSING_MS)]);
    },
  };
};
