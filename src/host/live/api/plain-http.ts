import { request } from 'node:http';
import type { Socket } from 'node:net';
import { codeOf } from '../../../error-code.ts';
import type { ApiAnswers } from '../../answers/api.ts';
import { failureIn } from './api-failure.ts';
import { addressesOf, dialled, type Limit, within } from './line.ts';
import { CALLS } from './nodes.ts';
import type { Place } from './place.ts';
import type { ApiSession } from './session.ts';

type PlainHttp = ApiAnswers['plain-http'];

const LIMIT = 5000;
const MOST_HEAD = 64 << 10;

const told = (state: PlainHttp['state'], detail: string | null = null): PlainHttp => ({
  state,
  status: null,
  location: null,
  detail,
});

const asked = (socket: Socket, { url }: Place, { until, signal }: Limit): Promise<PlainHttp> =>
  new Promise((settle, refused) => {
    const headers = { Host: new URL(url).host, 'User-Agent': 'wa-preflight', Connection: 'close' };
    const options = { ...CALLS.root, headers, setHost: false, maxHeaderSize: MOST_HEAD };
    const sent = request({ ...options, createConnection: () => socket });
    const end = (then: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancelled);
      sent.destroy();
      socket.destroy();
      then();
    };
    const cancelled = () => end(() => refused(signal.reason));
    const late = () => end(() => settle(told('no-answer', `no answer came within ${LIMIT / 1000} s`)));
    const timer = setTimeout(late, Math.max(until - performance.now(), 1));
    signal.addEventListener('abort', cancelled, { once: true });
    sent.on('response', ({ statusCode: status = 0, headers: { location = null } }) => {
      const redirects = status >= 300 && status < 400 && location !== null;
      end(() => settle({ state: redirects ? 'redirects' : 'answers', status, location, detail: null }));
    });
    sent.on('upgrade', () => end(() => settle(told('not-http'))));
    sent.on('error', (error) => {
      const code = codeOf(error) ?? '';
      end(() => settle(told(code.startsWith('HPE_') ? 'not-http' : 'closed', error.message)));
    });
    sent.end();
  });

/** What the API's port says to plain HTTP: one GET of `/` without credentials. Rejects where there is no API. */
export const plainHttp = async (session: ApiSession, signal: AbortSignal): Promise<PlainHttp> => {
  const limit = within(signal, LIMIT);
  const place = await session.place(signal);
  if ('none' in place) throw new Error(place.none);
  try {
    const { addresses } = await addressesOf(place, limit);
    const { socket } = await dialled(addresses, place.port, limit);
    const answer = await asked(socket, place, limit);
    const { location } = answer;
    return { ...answer, location: location && session.mask().text(location).slice(0, 2048) };
  } catch (error) {
    const { kind, message } = failureIn(error);
    return told(kind === 'no-answer' || kind === 'no-name-answer' ? 'no-answer' : 'closed', message);
  }
};
