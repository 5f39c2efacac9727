import type { BundleAction, ScopeTyped } from '../../report-templates/screen/bundle/action.ts';
import type { BundleShown } from '../../report-templates/screen/bundle/shown.ts';
import type { MadeBundle } from '../bundle/bundle.ts';
import { unread } from '../bundle/preview.ts';
import type { Part } from '../host/source.ts';
import type { OwnRule } from '../redact/rule.ts';
import { caseId, windowOf } from './bundle-values.ts';
import { typedRule } from './own-rule.ts';
import type { WizardSession, WizardStart } from './wizard-session.ts';
import { failureOf, faultOf, scopeOf } from './wizard-words.ts';

/** What has come of it. */
export type Asked = Pick<BundleShown, 'made' | 'deleted' | 'failure'>;

/** Holds the wizard's choices, and does what they ask for; `draw` is called when something changed, `failed` when there is a bug. */
export const wizardDesk = (start: WizardStart, draw: () => void, failed: (error: unknown) => void) => {
  let options = start.options;
  let session: WizardSession | null = null;
  let work = new AbortController();
  let going: Promise<void> = Promise.resolve();
  let over = false;
  let own: readonly OwnRule[] = [];
  let shown: Omit<BundleShown, 'host'> = {
    ...{ phase: 'choosing', lifecycle: start.lifecycle, scope: scopeOf(options), fault: null, window: options.window },
    ...{ rows: [], chosen: [], excluded: [], packed: null, maxSize: options.maxSize, previews: [], own: [] },
    ...{ progress: null, made: null, deleted: false, failure: null, notice: null },
  };
  const show = (change: Partial<BundleShown>): void => {
    if (over) return;
    shown = { ...shown, ...change };
    draw();
  };
  /** One work at a time: what is new ends what was before. */
  const begin = (does: (signal: AbortSignal) => Promise<void>, ended: (error: unknown) => void): void => {
    work.abort();
    work = new AbortController();
    const { signal } = work;
    const before = going;
    going = before
      .then(() => {
        signal.throwIfAborted();
        return does(signal);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) ended(error);
      });
  };
  const packedOf = (parts: readonly Part[]): number | null => (session ? session.estimate(parts) : null);

  const plan = (typed: ScopeTyped): void => {
    let isCase = false;
    const now = Date.now();
    try {
      const raw = typed.time === 'since' ? { since: typed.since } : { around: typed.around };
      // What nobody changed is as it was given, its end among it.
      const given = scopeOf(start.options);
      const same = (['time', 'since', 'around'] as const).every((field) => typed[field] === given[field]);
      const { window, around } = same ? start.options : windowOf(raw, now);
      isCase = true;
      const named = typed.case.trim() === '' ? null : caseId(typed.case.trim());
      options = { ...options, window, around, case: named };
    } catch (error) {
      show({ scope: typed, fault: faultOf(error, typed, isCase) });
      return;
    }
    show({ phase: 'planning', scope: typed, fault: null, window: options.window, previews: [], progress: null });
    const known = session !== null;
    begin(
      async (signal) => {
        session = await start.sessionFor(options, signal);
        const there = session.rows.map(({ part }) => part);
        const wanted = start.options.consent ?? there;
        const chosen = there.filter((part) => (known ? shown.chosen : wanted).includes(part));
        const rows = session.rows.map(({ sources, ...row }) => ({ ...row, files: sources.map(({ path }) => path) }));
        show({ phase: 'choosing', rows, chosen, packed: packedOf(chosen) });
      },
      (error) => {
        const failure = failureOf(error);
        if (failure) show({ phase: 'failed', failure });
        else failed(error);
      },
    );
  };
  const preview = (path: string): void => {
    const source = session?.rows.flatMap(({ sources }) => sources).find((one) => one.path === path);
    if (!source || !session) return;
    const others = () => shown.previews.filter((one) => one.path !== path && one.state !== 'reading');
    const { preview: look } = session;
    show({ previews: [...others(), unread(path)] });
    begin(async (signal) => {
      const told = await look(source, own, signal);
      if (!signal.aborted) show({ previews: [...others(), told] });
    }, failed);
  };
  const addRule = (text: string): void => {
    const typed = typedRule(text, own.length);
    if ('wrong' in typed) {
      show({ notice: typed.wrong });
      return;
    }
    own = [...own, typed.rule];
    const last = shown.previews.at(-1)?.path;
    show({ own: [...shown.own, typed.words], previews: [], notice: 'taken out of every file from here on' });
    if (last !== undefined) preview(last);
  };
  const write = (): void => {
    if (!session) return;
    const { make } = session;
    const chosen = { parts: shown.chosen, without: shown.excluded, own };
    show({ phase: 'writing', progress: null, failure: null });
    begin(
      async (signal) => {
        const made = await make(chosen, signal, (progress) => show({ progress }));
        show({ phase: 'done', made, progress: null });
      },
      (error) => {
        const failure = failureOf(error);
        if (failure) show({ phase: 'failed', failure });
        else failed(error);
      },
    );
  };
  const cancel = (): void => {
    work.abort(new Error('cancelled'));
    going = going.then(() => {
      if (shown.made) return;
      show({ phase: 'failed', failure: { kind: 'cancelled', message: 'You stopped it. Nothing was written.' } });
    });
  };
  const toggled = <T>(all: readonly T[], one: T): readonly T[] =>
    all.includes(one) ? all.filter((other) => other !== one) : [...all, one];

  return {
    shown: () => shown,
    asked: (): Asked => shown,
    act: (action: BundleAction): void => {
      if (action.kind === 'scope') plan(action.typed);
      else if (action.kind === 'toggle') {
        const chosen = toggled(shown.chosen, action.part);
        show({ chosen, packed: packedOf(chosen) });
      } else if (action.kind === 'preview') preview(action.path);
      else if (action.kind === 'exclude') show({ excluded: toggled(shown.excluded, action.path) });
      else if (action.kind === 'rule') addRule(action.text);
      else if (action.kind === 'write') write();
      else if (action.kind === 'cancel') cancel();
      else if (action.kind === 'again') show({ phase: 'choosing', failure: null });
      else if (action.kind === 'seen') show({ notice: null });
    },
    /** Deletes the bundle that was made. */
    forget: (forgotten: (made: MadeBundle) => Promise<string | null>): void => {
      const { made } = shown;
      if (made) forgotten(made).then((left) => show(left === null ? { deleted: true } : { notice: left }), failed);
    },
    /** Ends whatever is going on, and waits until that has undone itself. */
    stop: async (): Promise<void> => {
      over = true;
      work.abort(new Error('stopped'));
      await going;
    },
  };
};
