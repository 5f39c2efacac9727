import { isMainThread, workerData } from 'node:worker_threads';
import type { Json } from '../../model.ts';
import type { Progress } from '../host.ts';
import type { CrashLogsOrder } from './crash-logs.ts';
import type { DatabaseOrder } from './database/order.ts';
import { ECHO } from './entry.ts';
import type { FileBytesOrder } from './file-bytes.ts';
import type { LogFoldersOrder } from './log-folders.ts';
import type { HoldOrder } from './network/hold.ts';
import type { LookOrder } from './network/order.ts';
import type { PostOrder } from './network/post.ts';
import { sentenceOf } from './sentence.ts';

// The program of the measuring child. It is asked one question, as a line of JSON on stdin, and answers in lines of
// JSON on stdout. The end of stdin is the end of the parent: nothing may go on then.

type Tell = (progress: Progress) => void;

/** Questions by name; each is loaded when it is asked. */
const OF_PATHS: Record<string, (path: string, tell: Tell) => Json | Promise<Json>> = {
  place: async (path) => (await import('./place.ts')).place(path),
  text: async (path) => (await import('./text.ts')).text(path),
  file: async (path) => (await import('./file.ts')).file(path),
  'file-mode': async (path) => (await import('./file-mode.ts')).fileMode(path),
  'aws-template': async (path) => (await import('./aws-template.ts')).awsTemplate(path),
  'addresses-of': async (host) => (await import('./network/addresses-of.ts')).addressesOf(host),
  'output-folder': async (path) => (await import('./output-folder.ts')).outputFolder(path),
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

const OF_BUNDLES: Record<string, (order: Json, tell: Tell) => Promise<Json>> = {
  'file-bytes': async (order) => (await import('./file-bytes.ts')).fileBytes(order as FileBytesOrder),
  'file-systems': async (order, tell) => {
    const found = await (await import('./file-systems.ts')).fileSystems(order as readonly string[], tell);
    return [...found];
  },
  'log-folders': async (order) => [...(await import('./log-folders.ts')).logFolders(order as LogFoldersOrder)],
};
const OF_CONTAINERS: Record<string, (order: Json) => Promise<Json>> = {
  'log-sizes': async (paths) => (await import('./log-sizes.ts')).logSizes(paths as readonly (string | null)[]),
  'crash-logs': async (order) => (await import('./crash-logs.ts')).crashLogs(order as CrashLogsOrder),
};
// Each knows its own order.
const OF_NETWORKS: Record<string, (order: Json, tell: Tell) => Promise<Json>> = {
  'network-looks': async (order) => (await import('./network/look.ts')).looks(order as unknown as LookOrder),
  'network-hold': async (order, tell) => (await import('./network/hold.ts')).hold(order as HoldOrder, tell),
  'network-post': async (order) => (await import('./network/post.ts')).post(order as unknown as PostOrder),
};

const answered = (ask: string, about: Json, tell: Tell): Json | Promise<Json> => {
  const ofPath = OF_PATHS[ask];
  const ofDatabase = OF_DATABASES[ask];
  const ofNetwork = OF_NETWORKS[ask];
  const ofContainer = OF_CONTAINERS[ask];
  const ofBundle = OF_BUNDLES[ask];
  // Our parent speaks: what it asks has the shape that it promises.
  if (ofPath) return ofPath(about as string, tell);
  if (ofDatabase) return ofDatabase(about as unknown as DatabaseOrder, tell);
  if (ofNetwork) return ofNetwork(about, tell);
  if (ofContainer) return ofContainer(about);
  if (ofBundle) return ofBundle(about, tell);
  throw new Error(`"${ask}" is no question for a measuring process`);
};

/** Resolves when all of it is on its way: what is still held by this process would end with it. */
const say = (line: Json): Promise<void> =>
  new Promise((said) => void process.stdout.write(`${JSON.stringify(line)}\n`, () => said()));

/** A name that nobody answers for keeps the C library busy for many seconds, and with it whoever ends in good order. */
const leave = (asked: string): void => {
  if (asked.startsWith('{"ask":"network-')) process.kill(process.pid, 'SIGKILL');
  process.exit(0);
};

const answer = async (line: string): Promise<void> => {
  try {
    const { ask, about } = JSON.parse(line) as { readonly ask: string; readonly about: Json };
    await say({ answer: await answered(ask, about, (progress) => void say({ progress })) });
  } catch (error) {
    await say({ error: sentenceOf(error) });
  }
  leave(line);
};

const listen = (): void => {
  let asked = '';
  let answering = false;
  const end = () => leave(asked);
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
