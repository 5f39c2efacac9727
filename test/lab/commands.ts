import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noCertificates } from '../support/certificates.ts';
import { LAUNCHER, ROOT } from '../support/command.ts';
import { containersOf } from './containers.ts';
import { noDatabase, removeLaidOut } from './database-root.ts';
import { ADMIN } from './deployments.ts';
import { type Engine, endingWith, engineAt, engineHere, NoLab } from './engine.ts';
import { type FaultSpec, faultsOf } from './faults.ts';
import { caFileOf, callsIn, composeFileOf, type Kept, keptIn } from './kept.ts';
import { applyFaults, foundLab } from './lab.ts';
import { ownEngineIn, removeOwnEngine, startOwnEngine } from './own-engine.ts';
import type { Wish } from './services.ts';
import { sweep } from './sweep.ts';
import { howTo, type Where } from './words.ts';

/** One lab for each user: what it keeps, and its own Engine where it has one. */
const FOLDER = process.env['WA_PREFLIGHT_LAB'] || join(tmpdir(), `wa-preflight-lab-${process.getuid?.() ?? 0}`);

type Say = (text: string) => void;

/** Up to these options, anything may be left to the lab. */
export type UpOptions = Partial<Wish> & { readonly faults: readonly FaultSpec[] };

const where = (): Where => ({
  ...{ folder: FOLDER, caFile: caFileOf(FOLDER), composeFile: composeFileOf(FOLDER) },
  ownEngine: ownEngineIn(FOLDER)?.pid ?? null,
});

const running = (): Kept => {
  const kept = keptIn(FOLDER);
  if (!kept || kept.revision === 0) throw new NoLab('There is no lab: npm run lab');
  return kept;
};

/** What the lab is made of must be here before anything is begun. */
const refuse = (database: Wish['database'], say: Say): void => {
  if (process.platform !== 'linux')
    throw new NoLab('The lab runs on Linux only: its images are made of Linux programs.');
  const openssl = noCertificates();
  if (openssl) throw new NoLab(`The lab cannot make certificates here: ${openssl}.`);
  if (noDatabase(database) && database === 'postgresql') {
    say('The PostgreSQL of the tests is missing: installing it.\n');
    spawnSync(process.execPath, [join(ROOT, 'bin/test-servers.ts')], { stdio: 'inherit' });
  }
  const reason = noDatabase(database);
  if (reason) throw new NoLab(`The lab has no ${database} to run: ${reason}. --database none does without.`);
};

/** Removes all that a lab left, however it ended. */
export const down = async (say: Say): Promise<void> => {
  const kept = keptIn(FOLDER);
  const own = ownEngineIn(FOLDER);
  // Whichever Engine it was: its own, the one that it wrote down, or the one that would be used now.
  const engines: (Engine | null)[] = [own, kept && !own ? engineAt(kept.engine) : null];
  if (!own && !kept) engines.push(await engineHere().catch(() => null));
  for (const engine of engines) if (engine) await sweep(engine, FOLDER).catch((error) => say(`${error.message}\n`));
  await removeOwnEngine(FOLDER);
  removeLaidOut(FOLDER);
  const was = existsSync(FOLDER);
  rmSync(FOLDER, { recursive: true, force: true, maxRetries: 10 });
  say(was ? 'The lab is gone, with all that it made.\n' : 'There was no lab.\n');
};

/** Starts a lab; what it began is removed where it fails or is stopped. */
export const up = async ({ faults, ...wanted }: UpOptions, say: Say, signal: AbortSignal): Promise<void> => {
  if (existsSync(FOLDER))
    throw new NoLab(`There is a lab already, or what is left of one (${FOLDER}): npm run lab -- down`);
  const { topology = 'single', database = 'postgresql', network = 'user', port = 9090 } = wanted;
  faultsOf(faults, topology, port);
  refuse(database, say);
  mkdirSync(FOLDER, { mode: 0o711 });
  try {
    const here = await engineHere();
    const engine = endingWith(signal, here ?? (await startOwnEngine(FOLDER)));
    say(
      `${here ? 'Uses the Docker Engine' : 'No Docker Engine answers here, so it started one of its own'}: ${engine.host}\n`,
    );
    // Nobody beyond this machine can reach an Engine in a network of its own.
    const address = wanted.address ?? (here ? '127.0.0.1' : '0.0.0.0');
    await foundLab(engine, FOLDER, { topology, database, network, port, address });
    await applyFaults(engine, FOLDER, faults);
  } catch (error) {
    await down(() => undefined);
    throw error;
  }
  await status(say);
  say(howTo(running(), where()));
};

/** Tells of the lab what there is. */
export const status = async (say: Say): Promise<void> => {
  const { wish, faults, engine } = running();
  const calls = callsIn(FOLDER);
  const containers = await containersOf({ engine: engineAt(engine), lab: FOLDER });
  say(`A lab of STAND-INS: ${wish.topology}, database ${wish.database}, ${containers.length} containers\n`);
  say(`Faults: ${faults.join(' ') || 'none'}\n`);
  say(
    `Calls of the API: ${calls.length}, of them ${calls.filter(({ never }) => never).length} that nobody should make\n`,
  );
};

/** Sets the faults of the running lab. */
export const fault = async (specs: readonly FaultSpec[], say: Say): Promise<void> => {
  const { engine } = running();
  await applyFaults(engineAt(engine), FOLDER, specs);
  await status(say);
};

const ASKS_API = new Set(['check', 'wait', 'bundle']);

/** Runs wa-preflight against the lab, in the network that it is reached in; tells its exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { wish, engine } = running();
  const { ownEngine, caFile } = where();
  const [first = 'check', ...rest] = args[0]?.startsWith('-') ? ['check', ...args] : args;
  const api = ['--api-url', `https://localhost:${wish.port}`, '--api-ca', caFile];
  const line = [LAUNCHER, first, ...rest, ...(ASKS_API.has(first) ? api : [])];
  const enter = ownEngine === null ? [] : ['nsenter', `--net=/proc/${ownEngine}/ns/net`, '--'];
  const [program = LAUNCHER, ...given] = [...enter, ...line];
  const env = { ...process.env, DOCKER_HOST: engine, WA_API_USERNAME: ADMIN.user, WA_API_PASSWORD: ADMIN.password };
  const child = spawn(program, given, { stdio: 'inherit', env });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on('error', reject).on('exit', (code) => resolve(code ?? 1));
  return promise;
};

/** Whether the folder, in a place where all may write, is this user's. */
export const refuseForeignFolder = (): void => {
  const found = statSync(FOLDER, { throwIfNoEntry: false });
  if (found && found.uid !== process.getuid?.()) throw new NoLab(`${FOLDER} belongs to another user.`);
};
