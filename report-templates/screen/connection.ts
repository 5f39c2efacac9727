import { STEP_WORDS } from '../../src/facts/database/connect.ts';
import type { Json, Result } from '../../src/model.ts';
import { milliseconds } from '../../src/units.ts';
import { cells } from '../wrap.ts';
import { fieldsOf, listOf } from './latency.ts';
import { cutLine, type Line, line, rule, type Style, span, wrapped } from './line.ts';
import type { Place } from './login-form.ts';
import { placeLines } from './places.ts';
import { signOf } from './signs.ts';

/** How far a connection came from one network: the time of each step that was passed, and the one at which it ended. */
type Way = { readonly title: string; readonly passed: ReadonlyMap<string, number>; readonly failed: string | null };

const wayOf = (title: string, value: Json | undefined): Way | null => {
  const fields = fieldsOf(value);
  if (!fields || !Array.isArray(fields['steps']) || typeof fields['skipped'] === 'string') return null;
  const passed = listOf(fields['steps']).flatMap((one): [string, number][] => {
    const { step, ms } = fieldsOf(one) ?? {};
    return typeof step === 'string' && typeof ms === 'number' ? [[step, ms]] : [];
  });
  const failed = fieldsOf(fields['failed'])?.['step'];
  return { title, passed: new Map(passed), failed: typeof failed === 'string' ? failed : null };
};

const placeOf = (value: Json): Place | [] => {
  const { place, state, detail } = fieldsOf(value) ?? {};
  if (typeof place !== 'string' || typeof state !== 'string') return [];
  return { place, state, detail: typeof detail === 'string' ? detail : null };
};

const ALL_STEPS = Object.keys(STEP_WORDS);
const COLUMN = 14;
const CAME = '  ← came this far';

type Cell = { readonly text: string; readonly style: Style };

const cellOf = ({ passed, failed }: Way, step: string): Cell => {
  const took = passed.get(step);
  if (took !== undefined) return { text: milliseconds(took), style: {} };
  if (failed === step) return { text: 'failed', style: { color: 'red', bold: true } };
  // A step that was left out on the way, as TLS is where nobody wants it, is no step that was not reached.
  const later = ALL_STEPS.slice(ALL_STEPS.indexOf(step) + 1).some((one) => passed.has(one) || failed === one);
  if (later) return { text: step === 'dns' ? 'not needed' : 'not used', style: { dim: true } };
  return { text: failed === null ? '' : 'not reached', style: { dim: true } };
};

const signFor = ({ passed, failed }: Way, step: string) => {
  const { sign, style } = signOf(passed.has(step) ? 'pass' : failed === step ? 'fail' : 'waiting');
  return span(`${sign} `, style);
};

const stepLines = (ways: readonly Way[], width: number): readonly Line[] => {
  const [here] = ways;
  if (!here) return [];
  const label = Math.max(...Object.values(STEP_WORDS).map(cells));
  const room = width - label - 2 - ways.length * COLUMN;
  const last = here.failed === null ? null : [...here.passed.keys()].at(-1);
  const heading = line(' '.repeat(label + 2), ...ways.map(({ title }) => span(title.padStart(COLUMN), { dim: true })));
  return [
    ...(ways.length > 1 ? [heading] : []),
    ...Object.entries(STEP_WORDS).map(([step, words]) => {
      const figures = ways.map((way) => {
        const { text, style } = cellOf(way, step);
        return span(text.padStart(COLUMN), style);
      });
      const mark = step === last && room >= cells(CAME) ? CAME : '';
      return cutLine(
        line(signFor(here, step), words.padEnd(label), ...figures, span(mark, { color: 'yellow' })),
        width,
      );
    }),
  ];
};

/** Where it was connected to, and what that took in all. */
const totalLine = ({ passed, failed }: Way, address: Json | undefined, width: number): readonly Line[] => {
  const whole = [...passed.values()].reduce((sum, ms) => sum + ms, 0);
  const to = typeof address === 'string' ? [`${failed ? 'tried' : 'connected to'} ${address}`] : [];
  const told = [...to, ...(failed ? [] : [`${milliseconds(whole)} in all`])].join(', ');
  return told === '' ? [] : wrapped(told, width).map((one) => line(span(one, { dim: true })));
};

/** The steps of a connection with their times, and where a login was looked for; empty for any other check. */
export const connectionPicture = ({ measured }: Result, width: number): readonly Line[] => {
  const connect = measured?.['connect'] as Json | undefined;
  const network = measured?.['network'] as Json | undefined;
  const ways = [wayOf('from here', connect), wayOf('the client', network)].filter((way) => way !== null);
  const places = listOf(measured?.['places'] as Json | undefined).flatMap(placeOf);
  const total = ways[0] ? totalLine(ways[0], fieldsOf(connect)?.['address'], width) : [];
  return [
    ...(ways.length > 0 ? [rule(width, 'steps of the connection'), ...stepLines(ways, width), ...total] : []),
    ...(places.length > 0 ? [rule(width, 'looked for a login in'), ...placeLines(places, width)] : []),
  ];
};
