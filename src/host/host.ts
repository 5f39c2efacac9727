import type { Json } from '../model.ts';
import type { ExecAnswer } from './answers/answers.ts';
import type { ApiAnswers } from './answers/api.ts';
import type { DatabaseAnswers } from './answers/database.ts';
import type { DiskAnswers } from './answers/disk.ts';
import type { DockerAnswers } from './answers/docker.ts';
import type { GivenAnswers } from './answers/given.ts';
import type { NetworkAnswers, Side } from './answers/network.ts';
import type { SystemAnswers } from './answers/system.ts';

/**
 * The only door to the world, as checks see it: JSON in, JSON out, and so recordable. Any question may reject: the
 * error's message says in one sentence why there is no answer.
 */
export interface Host {
  /** Text of a small file (at most 256 KiB of it), null when there is no such file. */
  readFile(path: string): Promise<string | null>;
  /** Names in a folder, sorted, null when there is no such folder. */
  list(path: string): Promise<readonly string[] | null>;
  /** What a program printed, null when there is no such program. No shell, an environment without secrets, C locale. */
  exec(program: string, ...args: readonly string[]): Promise<ExecAnswer>;
  system<Topic extends keyof SystemAnswers>(topic: Topic): Promise<SystemAnswers[Topic]>;
  disk(topic: 'target'): Promise<DiskAnswers['target']>;
  disk<Topic extends Exclude<keyof DiskAnswers, 'target'>>(topic: Topic, path: string): Promise<DiskAnswers[Topic]>;
  docker<Topic extends keyof DockerAnswers>(topic: Topic): Promise<DockerAnswers[Topic]>;
  database<Topic extends keyof DatabaseAnswers>(topic: Topic): Promise<DatabaseAnswers[Topic]>;
  api<Topic extends keyof ApiAnswers>(topic: Topic): Promise<ApiAnswers[Topic]>;
  network(topic: 'proxies'): Promise<NetworkAnswers['proxies']>;
  network(topic: 'webhook-post'): Promise<NetworkAnswers['webhook-post']>;
  network(topic: 'dns', side: Side, host: string): Promise<NetworkAnswers['dns']>;
  network(topic: 'reach', side: Side, host: string, ...ports: readonly string[]): Promise<NetworkAnswers['reach']>;
  network(topic: 'hold', host: string, port: string, seconds: string): Promise<NetworkAnswers['hold']>;
  given<Topic extends keyof GivenAnswers>(topic: Topic): Promise<GivenAnswers[Topic]>;
}

/** A question as data: the method and its arguments. Secrets are never in one. */
export type Question = readonly [method: keyof Host, ...args: readonly string[]];

/** What a question may tell while it is being answered. */
export type Progress = { readonly done?: number; readonly note?: string };
export type Asking = { readonly signal: AbortSignal; readonly progress: (progress: Progress) => void };

/** A host as one function. Recording, replaying, bounding and checking wrap this. */
export type Ask = (question: Question, asking: Asking) => Promise<Json>;

/** The stable name of a question in the evidence: `docker "info"`. */
export const keyOf = ([method, ...args]: Question): string =>
  [method, ...args.map((arg) => JSON.stringify(arg))].join(' ');

/** The port that checks are given, over one asking function. */
export const hostOf = (ask: Ask, asking: Asking): Host => {
  const put =
    (method: keyof Host) =>
    (...args: readonly string[]): Promise<never> =>
      ask([method, ...args], asking) as Promise<never>;
  return {
    readFile: put('readFile'),
    list: put('list'),
    exec: put('exec'),
    system: put('system'),
    disk: put('disk'),
    docker: put('docker'),
    database: put('database'),
    api: put('api'),
    network: put('network'),
    given: put('given'),
  };
};
