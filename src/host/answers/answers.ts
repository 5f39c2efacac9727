import * as z from 'zod/mini';
import { api } from './api.ts';
import { database } from './database.ts';
import { disk } from './disk.ts';
import { docker } from './docker.ts';
import { given } from './given.ts';
import { network } from './network.ts';
import { maybe, text } from './shapes.ts';
import { system } from './system.ts';

// The shape of every answer that a host can give. Answers are checked against it at the door, live and replayed,
// so that no check ever judges garbage.

/** Every topic's answer, by method and topic. */
export const ANSWERS = { system, disk, docker, database, api, network, given } as const;
export const FILE_ANSWER = maybe(text);
export const LIST_ANSWER = maybe(z.array(text));
export const EXEC_ANSWER = maybe(z.object({ exitCode: z.int(), stdout: text, stderr: text }));
export type ExecAnswer = z.infer<typeof EXEC_ANSWER>;
