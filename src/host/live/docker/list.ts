import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import type { Way } from './endpoint.ts';
import { EngineFault } from './engine-fault.ts';
import { jsonElements } from './json-elements.ts';
import { lenient } from './lenient.ts';
import { addressesIn, attachments } from './networks.ts';
import { type Clues, LAUNCHER, MEDIA } from './recognise.ts';
import { exchange, type Sink, unanswered, wholeBody, wordsOf } from './request.ts';

/** A container as the Engine's list has it, no more of it than is used: there may be ten thousand. */
export type Listed = {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: string;
  readonly project: string;
  readonly clues: Clues;
  readonly networks: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  readonly ports: readonly {
    readonly container: number;
    readonly host: number | null;
    readonly address: string;
    readonly protocol: string;
  }[];
};
export type ContainerList = { readonly onlyRunning: boolean; readonly containers: readonly Listed[] };

/** Longest list that is read, bytes: that of all containers of an Engine that has ten thousand is half of it. */
const MOST = 64 << 20;
/** With the time that reaching the Engine may take, this stays below the common deadline of a question, ms. */
const PATIENCE = 6000;
const MOST_PORTS = 256;

const text = (most: number) =>
  z.pipe(
    z.catch(z.string(), ''),
    z.transform((value) => value.slice(0, most)),
  );

const listed = z.object({
  Id: z.string(),
  Names: lenient(z.array(z.string())),
  Image: text(1024),
  State: text(32),
  Command: z.catch(z.string(), ''),
  Labels: lenient(z.record(z.string(), z.string())),
  Mounts: lenient(z.array(z.object({ Destination: z.catch(z.string(), '') }))),
  NetworkSettings: lenient(z.object({ Networks: attachments })),
  Ports: lenient(
    z.array(
      z.object({ IP: z.optional(z.string()), PrivatePort: z.int(), PublicPort: z.optional(z.int()), Type: z.string() }),
    ),
  ),
});

const SPOKEN = /whatsapp/i;

/** Its own name: those that links give it for other containers, "/waweb/db", stand in the list as well. */
const nameIn = (names: readonly string[]): string => {
  const all = names.map((name) => name.replace(/^\//, ''));
  return (all.find((name) => !name.includes('/')) ?? all[0] ?? '').slice(0, 256);
};

const entryOf = (element: unknown): Listed => {
  const { data } = listed.safeParse(element);
  if (!data) throw new EngineFault('not-an-engine', 'it answered with something that makes no sense');
  const { Id, Names, Image, State, Command, Labels, Mounts, NetworkSettings, Ports } = data;
  const ports = (Ports ?? []).slice(0, MOST_PORTS);
  const labels = Labels ?? {};
  return {
    id: Id,
    name: nameIn(Names ?? []),
    image: Image,
    state: State || 'unknown',
    project: (labels['com.docker.compose.project'] ?? '').slice(0, 256),
    clues: {
      image: Image,
      service: (labels['com.docker.compose.service'] ?? '').slice(0, 256),
      media: Mounts?.some(({ Destination }) => Destination === MEDIA) ?? false,
      launcher: Command.includes(LAUNCHER),
      ports: ports.map(({ PrivatePort }) => PrivatePort),
      spoken: SPOKEN.test(Image) || Object.entries(labels).some((label) => label.some((word) => SPOKEN.test(word))),
      env: null,
    },
    networks: Object.entries(NetworkSettings?.Networks ?? {}).map(([name, attached]) => ({
      name: name.slice(0, 256),
      addresses: addressesIn(attached),
    })),
    ports: ports.map(({ IP, PrivatePort, PublicPort, Type }) => ({
      container: PrivatePort,
      host: PublicPort ?? null,
      address: IP ?? '',
      protocol: Type,
    })),
  };
};

/** The list is longer than is read. */
const TOO_LONG = new EngineFault('not-an-engine', `it answered with more than ${MOST >> 20} MiB`);

const entries =
  (path: string) =>
  (response: IncomingMessage): Sink<readonly Listed[]> => {
    if (response.statusCode !== 200) {
      const { add, end } = wholeBody(response);
      const refused = () => {
        throw new Error(`the Docker Engine answered ${path} with ${wordsOf(end())}`);
      };
      return { add, end: refused };
    }
    const found: Listed[] = [];
    const elements = jsonElements((element) => found.push(entryOf(element)));
    let length = 0;
    const add = (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST) throw TOO_LONG;
      elements.add(chunk);
    };
    return {
      add,
      end: () => {
        elements.end();
        return found;
      },
    };
  };

/**
 * All containers of an Engine that was reached, by its list alone: no inspect, so that one whose image was deleted breaks
 * nothing. Where the list of all is longer than is read, the running ones, and `onlyRunning` says so.
 */
export const listContainers = async (way: Way, signal: AbortSignal): Promise<ContainerList> => {
  const path = '/containers/json';
  const list = (query: string) => exchange(way, { path: `${path}${query}` }, signal, PATIENCE, entries(path));
  try {
    const all = await list('?all=1').catch((error: unknown) => {
      if (error === TOO_LONG) return null;
      throw error;
    });
    return { onlyRunning: all === null, containers: all ?? (await list('')) };
  } catch (error) {
    throw unanswered(path, error);
  }
};
