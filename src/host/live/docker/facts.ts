import * as z from 'zod/mini';
import type { DockerAnswers } from '../../answers/docker.ts';
import { ask } from './ask.ts';
import type { Way } from './endpoint.ts';
import type { ReachedEngine } from './engine.ts';
import { lenient } from './lenient.ts';
import type { ContainerList } from './list.ts';
import { type Clues, hintsOf, roleOf, signsOf } from './recognise.ts';
import { jsonOf } from './request.ts';

const text = z.pipe(
  lenient(z.string()),
  z.transform((value) => value || null),
);
const texts = z.pipe(
  lenient(z.array(z.string())),
  z.transform((value) => value ?? []),
);
const pair = z.tuple([z.string(), z.string()]);

const infoBody = z.object({
  ServerVersion: z.string(),
  Name: text,
  OperatingSystem: text,
  OSType: text,
  Architecture: text,
  KernelVersion: text,
  DockerRootDir: text,
  Driver: text,
  DriverStatus: lenient(z.array(pair)),
  LoggingDriver: text,
  CgroupVersion: text,
  SecurityOptions: texts,
  DefaultRuntime: text,
  Runtimes: lenient(z.record(z.string(), z.object({ status: z.nullish(z.record(z.string(), z.string())) }))),
  RuncCommit: lenient(z.object({ ID: text })),
  Warnings: texts,
});

/** What an Engine that was reached said of its version: never the client's. */
export const versionIn = ({ version: body }: ReachedEngine): DockerAnswers['version'] => ({
  version: body.Version,
  apiVersion: body.ApiVersion ?? null,
  minApiVersion: body.MinAPIVersion ?? null,
  os: body.Os ?? null,
  arch: body.Arch ?? null,
  kernel: body.KernelVersion ?? null,
  platform: body.Platform?.Name || null,
  components: (body.Components ?? []).map(({ Name, Version }) => ({ name: Name, version: Version })),
});

const features = z.object({ annotations: z.record(z.string(), z.string()) });

/** libseccomp as the default runtime's own features name it (Engine 25 and later). */
const libseccompOf = ({ Runtimes, DefaultRuntime }: z.infer<typeof infoBody>): string | null => {
  const told = Runtimes?.[DefaultRuntime ?? '']?.status?.['org.opencontainers.runtime-spec.features'];
  if (!told) return null;
  const read = features.safeParse(jsonOf({ status: 200, headers: {}, body: told }));
  return read.data?.annotations['io.github.seccomp.libseccomp.version'] ?? null;
};

/** `GET /info` of an Engine that was reached, the fields that are used. */
export const infoFrom = async (way: Way, signal: AbortSignal): Promise<DockerAnswers['info']> => {
  const body = await ask(way, '/info', infoBody, signal);
  return {
    name: body.Name,
    operatingSystem: body.OperatingSystem,
    osType: body.OSType,
    architecture: body.Architecture,
    kernel: body.KernelVersion,
    dataRoot: body.DockerRootDir,
    storageDriver: body.Driver,
    driverStatus: body.DriverStatus ?? [],
    loggingDriver: body.LoggingDriver,
    cgroupVersion: body.CgroupVersion,
    securityOptions: body.SecurityOptions,
    defaultRuntime: body.DefaultRuntime,
    libseccomp: libseccompOf(body),
    runc: body.RuncCommit?.ID ?? null,
    warnings: body.Warnings,
  };
};

/** Whose a container is, as far as the list alone tells; the one-shot schema upgrade is neither's. */
export const productOf = (clues: Clues): DockerAnswers['containers']['containers'][number]['product'] => {
  const role = signsOf(clues).length > 0 ? roleOf(clues) : null;
  if (role === null || role === 'upgrade') return null;
  return role === 'webapp' ? 'webapp' : 'coreapp';
};

/** Whether one of the list may be the client's, and only looking into it tells. */
export const wantsLooking = ({ containers }: ContainerList): boolean =>
  containers.some(({ clues }) => signsOf(clues).length === 0 && hintsOf(clues) > 0);

/** The containers of a list, with the TCP ports that they publish; `clients`: those that were found by looking into them. */
export const containersIn = (
  { onlyRunning, containers }: ContainerList,
  clients: ReadonlyMap<string, 'coreapp' | 'webapp'>,
): DockerAnswers['containers'] => ({
  onlyRunning,
  containers: containers.map(({ id, name, image, state, clues, networks, ports }) => ({
    id,
    name,
    image,
    state,
    product: productOf(clues) ?? clients.get(id) ?? null,
    addresses: networks.flatMap(({ addresses }) => addresses),
    ports: ports.flatMap(({ host, container, address, protocol }) =>
      host === null || protocol !== 'tcp' ? [] : [{ host, container, address }],
    ),
  })),
});
