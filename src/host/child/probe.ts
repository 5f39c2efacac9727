import { isMainThread, workerData } from 'node:worker_threads';
import type { Json } from '../../model.ts';
import type { Progress } from '../host.ts';
import type { DatabaseOrder } from './database/order.ts';
import { ECHO } from './entry.ts';
import type { NetworkOrder } from './network/order.ts';
import { sentenceOf } from './sentence.ts';

// The program of the measuring child. It is asked one question, as a line of JSON on stdin, and answers in lines of
// JSON on stdout. The end of stdin is the end of the parent: nothing may go on then.

type Tell = (progress: Progress) => void;

/** Questions by name; each is loaded when it is asked. */
const OF_PATHS: Record<string, (path: string, tell: Tell) => Json | Promise<Json>> = {
  place: async (path) => (await import('./place.ts')).place(path),
  text: async (path) => (await import('./text.ts')).text(path),
  file: async (path) => (await import('./file.ts')).file(path),
  permit: async (path) => (await import('./permit.ts')).permit(path),
  'write-latency': async (path, tell) => (await import('./write-latency.ts')).writeLatency(path, tell),
  'read-latency': async (path, tell) => (await import('./read-latency.ts')).readLatency(path, tell),
};
const OF_DATABASES: Record<string, (order: DatabaseOrder, tell: Tell) => Promise<Json>> = {
  'database-connect': async (order) => (await import('./database/connect.ts')).connect(order),
  'database-server': async (order) => (await import('./database/server.ts')).server(order),
  'database-rights': async (order) => (await import('./database/rights.ts')).rights(order),
  'database-size': async (order) => (await import('./database/size.ts')).size(order),
  'database-latency': async (order, tell) => (await import('./database/latency.ts')).latency(order, tell),
  'database-commit-latency': async (order, tell) =>
    (await import('./database/commit-latency.ts')).commitLatency(order, tell),
};

const fromContainer = async (order: NetworkOrder): Promise<Json> =>
  (await import('./network/from-container.ts')).fromContainer(order);

const answered = (ask: string, about: Json, tell: Tell): Json | Promise<Json> => {
  const ofPath = OF_PATHS[ask];
  const ofDatabase = OF_DATABASES[ask];
  // Our parent speaks: what it asks has the shape that it promises.
  if (ofPath) return ofPath(about as string, tell);
  if (ofDatabase) return ofDatabase(about as unknown as DatabaseOrder, tell);
  if (ask === 'from-container') return fromContainer(about as NetworkOrder);
  throw new Error(`"${ask}" is no question for a measuring process`);
};

/** Resolves when all of it is on its way: what is still held by this process would end with it. */
const say = (line: Json): Promise<void> =>
  new Promise((said) => void process.stdout.write(`${JSON.stringify(line)}\n`, () => said()));

const answer = async (line: string): Promise<void> => {
  try {
    const { ask, about } = JSON.parse(line) as { readonly ask: string; readonly about: Json };
    await say({ answer: await answered(ask, about, (progress) => void say({ progress })) });
  } catch (error) {
    await say({ error: sentenceOf(error) });
  }
  process.exit(0);
};

const listen = (): void => {
  let asked = '';
  let answering = false;
  const end = () => process.exit(0);
  process.stdout.on('error', end);
  process.stdin.on('end', end).on('error', end).on('close', end);
  process.stdin.setEncoding('utf8').on('data', (text) => {
    asked += text;
    const at = asked.indexOf('\n');
    if (answering || at < 0) return;
    answering = true;
    void answer(asked.slice(0, at));
  });
};

if (isMainThread) listen();
else if (workerData === ECHO) void import('./database/echo-thread.ts').then(({ echoThread }) => echoThread());
else void import('./reader.ts').then(({ read }) => read());
