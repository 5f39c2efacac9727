import { slowPart } from '../../src/facts/database/latency.ts';
import { milliseconds } from '../../src/units.ts';
import { cells } from '../wrap.ts';
import type { Latency } from './latency.ts';
import { type Line, line, type Span, type Style, span, wrapped } from './line.ts';

/** Neighbouring cells of one look as one span. */
const joined = (signs: readonly string[], styleOf: (sign: string) => Style): readonly Span[] =>
  signs.reduce<Span[]>((spans, sign) => {
    const last = spans.at(-1);
    if (last?.text.startsWith(sign)) spans[spans.length - 1] = { ...last, text: last.text + sign };
    else spans.push(span(sign, styleOf(sign)));
    return spans;
  }, []);

/** The judged figure on a scale from nought: the interval over the rounds, what the tool may add to it, and the limit. */
export const bandLines = (latency: Latency, width: number): readonly Line[] => {
  const { judged, interval, widened, limit, roundsTaken, above } = latency;
  if (!judged || !interval) return [];
  const outer = widened ?? interval;
  const top = Math.max(outer.high * 1.1, (limit ?? 0) * 1.25, judged.value * 1.1, 0.001);
  const end = ` ${milliseconds(top)}`;
  const room = Math.max(10, width - 2 - cells(end));
  const at = (value: number) => Math.min(room - 1, Math.round((value / top) * (room - 1)));
  const within = (place: number, { low, high }: { readonly low: number; readonly high: number }) =>
    place >= at(low) && place <= at(high);
  const signs = Array.from({ length: room }, (_, place) => {
    if (limit !== null && place === at(limit)) return '┃';
    if (place === at(judged.value)) return '█';
    if (within(place, interval)) return '▓';
    return within(place, outer) ? '░' : '─';
  });
  const over = limit !== null && judged.value > limit;
  const colour = over ? above : 'cyan';
  const styleOf = (sign: string): Style => {
    if (sign === '┃') return { bold: true };
    return sign === '─' ? { dim: true } : { color: colour };
  };
  const spread = `${milliseconds(interval.low)} to ${milliseconds(interval.high)}`;
  const rounds = roundsTaken === null ? 'over the rounds' : `in ${roundsTaken} round${roundsTaken === 1 ? '' : 's'}`;
  const tool = widened
    ? `, ${milliseconds(widened.low)} to ${milliseconds(widened.high)} with the tool's own error`
    : '';
  const marked = limit === null ? '' : `; ┃ is the limit of ${milliseconds(limit)}`;
  return [
    line('0 ', ...joined(signs, styleOf), span(end, { dim: true })),
    ...wrapped(`${judged.stat} ${milliseconds(judged.value)}: ${spread} ${rounds}${tool}${marked}`, width).map((text) =>
      line(text),
    ),
  ];
};

/** Which part of a round trip is the way there and back, and which the server's. */
export const shareLines = ({ network }: Latency, width: number): readonly Line[] => {
  if (!network) return [];
  const { whole, part, share, tcp } = network;
  // What is accepted quickly and answered slowly is not the network's alone: a proxy may stand between.
  const between = slowPart({ p50: part, tcp, share }) === 'between';
  const words = `${between ? 'on the way' : 'network'} ${milliseconds(part)} of ${milliseconds(whole)}, ${Math.round(share * 100)} %`;
  const most = width - cells(words) - 2;
  const beside = most >= 16;
  const room = Math.max(8, Math.min(beside ? most : width, 60));
  const filled = Math.round(Math.min(1, Math.max(0, share)) * room);
  const bar = [span('█'.repeat(filled), { color: 'cyan' }), span('░'.repeat(room - filled), { dim: true })];
  const connects = tcp === null ? '' : `; a TCP connect to the same address takes ${milliseconds(tcp)}`;
  const rest = `The rest, ${milliseconds(Math.max(0, whole - part))}, is the server's own time${connects}.`;
  return [
    ...(beside ? [line(...bar, `  ${words}`)] : [line(...bar), ...wrapped(words, width).map((text) => line(text))]),
    ...wrapped(rest, width).map((text) => line(span(text, { dim: true }))),
  ];
};
