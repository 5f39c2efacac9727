import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './command.ts';

/** Where bin/test-servers.ts puts the servers that come from a package registry. */
export const SERVERS = join(ROOT, 'test/servers/node_modules');

// Database servers refuse to run as root.
const isRoot = process.getuid?.() === 0;
/** The user that servers run as: one without any right where we are root, else our own. */
const RUN_AS = isRoot ? { uid: 65_534, gid: 65_534 } : {};

// A test run that is killed has no time to end its servers: the kernel does it then, where util-linux is new enough to ask.
const UNTIL_OUR_END = ['setpriv', '--pdeathsig', 'KILL'];
const WITH_US = spawnSync('setpriv', [...UNTIL_OUR_END.slice(1), 'true']).status === 0 ? UNTIL_OUR_END : [];

/** Where a server keeps its files and listens: removed at the end of the process at the latest. */
export type Workspace = {
  readonly folder: string;
  readonly at: (name: string) => string;
  /** Gives a file to the user that the server runs as; `mode` defaults to 0600. */
  readonly give: (path: string, mode?: number) => string;
  /** Copies a folder into this one under another name, for the server's user. */
  readonly copy: (from: string, name: string) => void;
  /** Runs a program of the server's to its end, as the server's user; throws what it said where it fails. */
  readonly run: (program: string, args: readonly string[], env?: Readonly<Record<string, string>>) => void;
  /** Starts the server itself, its words going to the file "log". */
  readonly start: (program: string, args: readonly string[], env?: Readonly<Record<string, string>>) => void;
  /** Waits until the server answers; throws the end of its log where it ends or stays silent. */
  readonly ready: (answers: () => Promise<unknown>) => Promise<void>;
  readonly log: () => string;
  /** Ends the server by this signal, then removes the folder. */
  readonly stop: (signal: NodeJS.Signals) => Promise<void>;
};

/** A port of the loopback device that nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer().on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };
const STARTS_WITHIN_MS = 30_000;

/** An empty folder of the server's user, with what is needed to run the server in it. */
export const workspace = (name: string): Workspace => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const at = (file: string) => join(folder, file);
  const give = (path: string, mode = 0o600) => {
    chmodSync(path, mode);
    if (RUN_AS.uid) chownSync(path, RUN_AS.uid, RUN_AS.gid);
    return path;
  };
  give(folder, 0o755);
  const running: ChildProcess[] = [];
  const gone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const last = () => {
    for (const child of running) child.kill('SIGKILL');
    remove();
  };
  process.once('exit', last);
  const log = () => (existsSync(at('log')) ? readFileSync(at('log'), 'utf8') : '');
  const settings = (env: Readonly<Record<string, string>>) => ({
    cwd: folder,
    env: { ...ENVIRONMENT, HOME: folder, ...env },
    ...RUN_AS,
  });
  const start: Workspace['start'] = (program, args, env = {}) => {
    const file = openSync(at('log'), 'a');
    const [first = program, ...rest] = [...WITH_US, program, ...args];
    running.push(spawn(first, rest, { ...settings(env), stdio: ['ignore', file, file] }).on('error', () => undefined));
    closeSync(file);
  };
  const stop: Workspace['stop'] = async (signal) => {
    for (const child of running.filter((each) => !gone(each))) {
      child.kill(signal);
      for (let waited = 0; waited < 10_000 && !gone(child); waited += 10) await pause(10);
      if (!gone(child)) child.kill('SIGKILL');
    }
    process.off('exit', last);
    remove();
  };
  return {
    folder,
    at,
    give,
    copy: (from, name) => {
      execFileSync('cp', ['-r', from, at(name)]);
      if (RUN_AS.uid) execFileSync('chown', ['-R', `${RUN_AS.uid}:${RUN_AS.gid}`, at(name)]);
    },
    log,
    start,
    stop,
    run: (program, args, env = {}) => {
      const { status, error, stdout, stderr } = spawnSync(program, args, {
        ...settings(env),
        timeout: STARTS_WITHIN_MS,
      });
      if (status === 0) return;
      last();
      throw new Error(`${program} failed: ${error?.message ?? ''} ${stdout} ${stderr}`.slice(-2000));
    },
    ready: async (answers) => {
      const until = performance.now() + STARTS_WITHIN_MS;
      while (performance.now() < until && running.every((child) => child.pid && !gone(child))) {
        if (
          await answers().then(
            () => true,
            () => false,
          )
        )
          return;
        await pause(20);
      }
      const said = log().slice(-2000);
      await stop('SIGKILL');
      throw new Error(`the server did not start: ${said}`);
    },
  };
};

/** The folder itself where the server's user can read it, else a copy of it in the workspace: a home folder is often closed to others. */
export const readable = (folder: string, { at, give }: Workspace): string => {
  const may = !isRoot || spawnSync('test', ['-r', join(folder, '.')], { ...RUN_AS, cwd: '/' }).status === 0;
  if (may) return folder;
  const copy = at('programs');
  // Links cost nothing, and can be made on the same file system only.
  if (spawnSync('cp', ['-al', folder, copy]).status !== 0) execFileSync('cp', ['-a', folder, at('copied')]);
  const there = [copy, at('copied')].find((each) => existsSync(join(each, '.'))) ?? folder;
  return give(there, 0o755);
};
