import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, unknown } from '../../src/check.ts';
import { connectionWords } from '../../src/facts/api/connection.ts';
import { hostName, portNumber } from '../../src/facts/network/requirement.ts';
import type { NetworkAnswers } from '../../src/host/answers/network.ts';
import type { Host } from '../../src/host/host.ts';
import { duration, milliseconds } from '../../src/units.ts';

type Held = NetworkAnswers['hold'] & { readonly port: number };

/** The first port that takes a connection decides. */
const heldOn = async (host: Host, name: string, ports: readonly number[], ms: number): Promise<Held> => {
  let last: Held | null = null;
  for (const port of ports) {
    last = { port, ...(await host.network('hold', name, String(port), String(ms / 1000))) };
    if (last.failed === null || last.heldMs > 0) return last;
  }
  if (!last) throw new Error('the spec names no port');
  return last;
};

/** Whether what is between this host and the chat server leaves an idle connection alone. */
export const networkLongLived = defineCheck({
  id: 'network.long-lived',
  title: 'Long-lived connections',
  group: 'network',
  phase: 'after',
  outbound: true,
  optIn: '--hold-connection',
  touches: 'Connects to the chat server and holds the connection for minutes without a word.',
  remedy: 'Let firewalls, NAT and proxies keep idle TCP connections.',
  requirement: z.strictObject({ host: hostName, ports: z.array(portNumber).check(z.minLength(1)), hold: duration }),
  limit: ({ hold }) => ({ op: '>=', value: hold, unit: 'ms', display: `open for ${milliseconds(hold)}` }),
  measure: (host, { host: name, ports, hold }) => heldOn(host, name, ports, hold),
  figure: ({ heldMs }) => ({ value: heldMs, unit: 'ms', display: `open for ${milliseconds(heldMs)}` }),
  judge({ heldMs, wantedMs, failed, port, skipped }, { host: name }) {
    const subject = `${name}:${port}`;
    if (skipped !== null) return skip(`No connection was held: ${skipped}.`, { subject });
    const whole = `A connection to ${subject} without a word`;
    if (!failed) return pass(`${whole} was still open after ${milliseconds(heldMs)}`, { subject });
    if (heldMs === 0)
      return skip(`No connection to ${subject} came about to be held (${connectionWords(failed)}): see network.chat.`, {
        subject: 'network.chat',
      });
    const is = `${whole} was ended after ${milliseconds(heldMs)} of ${milliseconds(wantedMs)} (${failed.message})`;
    // An end in good order may be the server's own: it hears nothing from a client that says nothing.
    if (failed.code === null)
      return unknown(`${is}: by the server itself, or by something in between`, {
        subject,
        remedy: 'Ask whoever runs the firewalls how long an idle connection is kept.',
      });
    return fail(`${is}; the vendor wants such connections to last`, {
      subject,
      remedy: 'Raise the idle timeout for TCP on the way, or keep these connections out of it.',
    });
  },
});
