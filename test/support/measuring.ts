import type { z } from 'zod/mini';
import { database } from '../../src/host/answers/database.ts';
import type { Progress } from '../../src/host/host.ts';
import { askChild } from '../../src/host/live/child.ts';
import type { Login } from '../../src/host/login.ts';
import { orderOf } from './database-order.ts';

type Measurement = 'latency' | 'commit-latency';

/** What `loginTo` logs in with, as user "wa". */
export const PASSWORD = 'Kz7-plain.word';

/** A login by TCP on the loopback device, unencrypted unless said otherwise. */
export const loginTo = (engine: Login['engine'], port: number, more: Partial<Login> = {}): Login =>
  orderOf({ engine, port, password: PASSWORD, tls: { mode: 'off' }, ...more }).login;

/** Asks a real measuring child, as a run does; the answer has the shape that it promises. */
export const measured = async <Topic extends Measurement>(
  topic: Topic,
  login: Login,
  progress: (progress: Progress) => void = () => {},
): Promise<z.infer<(typeof database)[Topic]>> => {
  const question = { ask: `database-${topic}`, about: { login, address: null } };
  const asking = { signal: new AbortController().signal, progress };
  const answer = await askChild(question, asking, 19_500, () => 'no answer within 19.5 s');
  return database[topic].parse(answer) as z.infer<(typeof database)[Topic]>;
};
