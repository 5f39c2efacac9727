import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import * as z from 'zod/mini';
import type { ContainerRun, DockerAnswers } from '../../answers/docker.ts';
import type { DockerAccess } from './access.ts';
import { clearAway, labelsOf, sweep } from './left-overs.ts';
import { answered, EngineRefusal, engineApi } from './modem.ts';
import { type Machine, machineOf, statxProgram } from './statx-elf.ts';

type Answer = DockerAnswers['statx'];

/** One step of the probe takes well below a second; a loaded Engine gets this long, ms. */
const PATIENCE = 10_000;

/** The image as a tar. Images of the same content share an id, so a token keeps those of parallel runs apart. */
const tarOf = (machine: Machine, token: string): Readable => {
  const tar = pack();
  tar.entry({ name: 'probe', mode: 0o755 }, statxProgram(machine));
  tar.entry({ name: 'token' }, token);
  tar.finalize();
  return Readable.from(tar);
};

/** Aborts a second after another signal: what the Engine is just making comes into being, and can then be removed. */
const later = (signal: AbortSignal): AbortSignal => {
  const late = new AbortController();
  const follow = () => setTimeout(() => late.abort(signal.reason), 1000).unref();
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return late.signal;
};

const isolated = (profile: string | null) => ({
  NetworkMode: 'none',
  ReadonlyRootfs: true,
  CapDrop: ['ALL'],
  // Room for the runtime's own start, which old versions count here.
  Memory: 64 << 20,
  PidsLimit: 64,
  LogConfig: { Type: 'none', Config: {} },
  // No no-new-privileges: it would hide runc's own words about a refused statx.
  ...(profile && { SecurityOpt: [profile] }),
});

const exited = z.object({ StatusCode: z.int() });
const inspected = z.object({ State: z.object({ OOMKilled: z.optional(z.boolean()) }) });

/** What an exit code says: a signal's number above 128, else the errno that the probe exited with. */
const runOf = (code: number): ContainerRun => {
  if (code <= 128) return { errno: code, signal: null, startError: null };
  const names: Record<number, string> = { 31: 'SIGSYS', 9: 'SIGKILL', 11: 'SIGSEGV' };
  return { errno: null, signal: names[code - 128] ?? `signal ${code - 128}`, startError: null };
};

type Probe = {
  readonly docker: Docker;
  readonly image: string;
  readonly token: string;
  readonly signal: AbortSignal;
};

const runIn = async (probe: Probe, name: string, profile: string | null): Promise<ContainerRun> => {
  const { docker, image, token, signal } = probe;
  const failed = (words: string): ContainerRun => ({ errno: null, signal: null, startError: words });
  const create = { Image: image, Entrypoint: ['/probe'], NetworkDisabled: true, Labels: labelsOf(token) };
  const body = { ...create, HostConfig: isolated(profile) } satisfies Docker.ContainerCreateOptions;
  // Apart, or dockerode writes the body into the query as well.
  const options = { _query: { name }, _body: body, abortSignal: later(signal) };
  const created = await answered(docker.createContainer(options));
  signal.throwIfAborted();
  if (created instanceof EngineRefusal) return failed(created.words);
  const container = docker.getContainer(name);
  const started = await answered(container.start());
  if (started instanceof EngineRefusal && started.statusCode >= 400) return failed(started.words);
  // Asked after the start: Engines before 17.05 answer at once, with 0, for a container that was not started yet.
  const waited = await answered(container.wait());
  const exit = exited.safeParse(waited);
  if (!exit.success) {
    const instead = waited instanceof EngineRefusal ? waited.words : 'its answer holds no exit code';
    throw new Error(`the Engine did not tell how the probe ended: ${instead}`);
  }
  const run = runOf(exit.data.StatusCode);
  if (!run.signal) return run;
  const state = inspected.safeParse(await answered(container.inspect())).data?.State;
  return state?.OOMKilled ? failed('the kernel ended it for want of memory (OOMKilled)') : run;
};

/** The Engine's refusal of the image, null when it was taken. */
const importImage = async ({ docker, image, token, signal }: Probe, machine: Machine): Promise<string | null> => {
  const changes = Object.entries(labelsOf(token)).map(([key, value]) => `LABEL ${key}="${value}"`);
  const [repo = '', tag = ''] = image.split(':');
  const options = { repo, tag, changes, abortSignal: later(signal) };
  const imported = await answered(docker.importImage(tarOf(machine, token), options));
  signal.throwIfAborted();
  if (imported instanceof EngineRefusal) return imported.words;
  return /"error":"([^"]*)"/.exec(await text(imported))?.[1] ?? null;
};

/**
 * The raw statx system call in throw-away containers of an image that is made in memory: nothing is pulled, no network is
 * attached. Everything is removed again, also when cancelled; what a killed run left is removed by the next one.
 */
export const statx = async (signal: AbortSignal, access: DockerAccess, quick: boolean): Promise<Answer> => {
  const none = (reason: string, sweptBefore = 0): Answer => ({ ran: false, reason, leftOver: [], sweptBefore });
  if (quick) return none('--quick leaves the probe out');
  const { way } = await access.reachable(signal);
  const { architecture, osType } = await access.info(signal);
  const sweptBefore = await sweep(way, signal);
  const machine = (osType ?? 'linux') === 'linux' ? machineOf(architecture) : null;
  if (!machine)
    return none(`there is no probe for an Engine on ${architecture ?? osType ?? 'an unknown machine'}`, sweptBefore);
  const token = randomBytes(6).toString('hex');
  const docker = await engineApi(way, { signal, deadlineMs: PATIENCE });
  const probe: Probe = { docker, signal, token, image: `wa-preflight-probe:${process.pid}-${token}` };
  const names = {
    own: `wa-preflight-${process.pid}-${token}`,
    unconfined: `wa-preflight-${process.pid}-${token}-control`,
    again: `wa-preflight-${process.pid}-${token}-again`,
  };
  const look = async () => {
    const refused = await importImage(probe, machine);
    if (refused) return { ran: false as const, reason: `the Engine refused the probe's image: ${refused}` };
    const first = await runIn(probe, names.own, null);
    const unconfined = first.errno === 0 ? null : await runIn(probe, names.unconfined, 'seccomp=unconfined');
    // A start that failed, or a kill, may be bad luck where the control works: only a second one is the profile's doing.
    const unclear = first.errno === null && first.signal !== 'SIGSYS' && unconfined?.errno === 0;
    const own = unclear ? await runIn(probe, names.again, null) : first;
    return { ran: true as const, arch: machine, own, unconfined };
  };
  const seen = await look().catch((error: unknown) => ({ error }));
  const containers = 'error' in seen || ('unconfined' in seen && seen.unconfined) ? Object.values(names) : [names.own];
  const leftOver = await clearAway(way, { containers, image: probe.image }, signal.aborted ? 1500 : 5000);
  if (!('error' in seen)) return { ...seen, leftOver, sweptBefore };
  if (leftOver.length === 0) throw seen.error;
  const why = seen.error instanceof Error ? seen.error.message : String(seen.error);
  throw new Error(`${why}; left over: ${leftOver.join(', ')}`);
};
