import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { type Asked, request } from '../../src/host/live/docker/request.ts';
import type { Dockerd } from './dockerd.ts';

// Containers without any registry: images of one static program, which does nothing but listen where it is told a port.

const IDLE = `
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int count, char **values) {
  signal(SIGTERM, _exit);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(count > 1 ? atoi(values[1]) : 0)};
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (count > 1 && (bind(server, (struct sockaddr *)&here, sizeof here) || listen(server, 8))) return 1;
  for (;;) if (count > 1) close(accept(server, 0, 0)); else pause();
}`;

/** Why no such program can be built here, null where it can: for the titles of skipped tests. */
export const noCompiler = (): string | null =>
  spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0 ? null : 'no C compiler (apt: gcc)';

const idleProgram = (): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'idle-'));
  try {
    writeFileSync(join(folder, 'idle.c'), IDLE);
    execFileSync('cc', ['-static', '-Os', '-s', '-o', join(folder, 'idle'), join(folder, 'idle.c')]);
    return readFileSync(join(folder, 'idle'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The vendor's names, which a client is recognised by, and one for everything else. */
export const COREAPP = 'docker.whatsapp.biz/coreapp:v2.53.1';
export const WEBAPP = 'docker.whatsapp.biz/web:v2.53.1';
export const OTHER = 'other:1';

/** A container to run: what is not given is as Docker has it. */
export type Wanted = {
  readonly image: string;
  readonly network?: string;
  readonly env?: readonly string[];
  /** Listens there. */
  readonly port?: number;
  readonly dns?: readonly string[];
  readonly dnsSearch?: readonly string[];
  readonly dnsOptions?: readonly string[];
  readonly extraHosts?: readonly string[];
};

/** Asks an Engine of our own for something that it must grant. */
export const demand = async ({ host }: Dockerd, asked: Asked): Promise<unknown> => {
  const way = { kind: 'socket', path: host.slice('unix://'.length) } as const;
  const { status, body } = await request(way, asked, new AbortController().signal, 20_000);
  if (status >= 300) throw new Error(`${asked.method} ${asked.path}: ${status} ${body}`);
  return body.startsWith('{') || body.startsWith('[') ? JSON.parse(body) : body;
};

/** Gives an Engine the images of this file. */
export const loadImages = async (dockerd: Dockerd): Promise<void> => {
  const tar = pack();
  tar.entry({ name: 'idle', mode: 0o755 }, idleProgram());
  tar.finalize();
  const body = await buffer(tar);
  for (const image of [COREAPP, WEBAPP, OTHER]) {
    const [, repo = '', tag = ''] = /^(.*):([^:]*)$/.exec(image) ?? [];
    const path = `/images/create?fromSrc=-&repo=${encodeURIComponent(repo)}&tag=${tag}`;
    await demand(dockerd, { method: 'POST', path, body, type: 'application/x-tar' });
  }
};

/** Makes a network of a given subnet, in which containers know each other by name. */
export const addNetwork = async (dockerd: Dockerd, name: string, subnet: string): Promise<void> => {
  const body = { Name: name, Driver: 'bridge', IPAM: { Config: [{ Subnet: subnet }] } };
  await demand(dockerd, { method: 'POST', path: '/networks/create', body });
};

/** Runs a container under a name. */
export const runContainer = async (dockerd: Dockerd, name: string, wanted: Wanted): Promise<void> => {
  const { image, network = 'bridge', env = [], port, dns, dnsSearch, dnsOptions, extraHosts } = wanted;
  const body = {
    Image: image,
    Entrypoint: port === undefined ? ['/idle'] : ['/idle', String(port)],
    Env: env,
    HostConfig: {
      NetworkMode: network,
      ...(dns && { Dns: dns }),
      ...(dnsSearch && { DnsSearch: dnsSearch }),
      ...(dnsOptions && { DnsOptions: dnsOptions }),
      ...(extraHosts && { ExtraHosts: extraHosts }),
    },
  };
  await demand(dockerd, { method: 'POST', path: `/containers/create?name=${name}`, body });
  await demand(dockerd, { method: 'POST', path: `/containers/${name}/start` });
};

/** Removes containers, running or not. */
export const removeContainers = async (dockerd: Dockerd, ...names: readonly string[]): Promise<void> => {
  for (const name of names) await demand(dockerd, { method: 'DELETE', path: `/containers/${name}?force=1&v=1` });
};
