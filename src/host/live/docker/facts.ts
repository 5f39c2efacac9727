import * as z from 'zod/mini';
import type { DockerAnswers } from '../../answers/docker.ts';
import { ask } from './ask.ts';
import type { Way } from './endpoint.ts';
import { reachable } from './engine.ts';
import { lenient } from './lenient.ts';
import { addressesIn, attachments } from './networks.ts';
import { productOf } from './product.ts';
import { EngineFault, jsonOf } from './request.ts';

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

const containerBody = z.object({
  Id: z.string(),
  Names: texts,
  Image: z.catch(z.string(), ''),
  State: z.catch(z.string(), 'unknown'),
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
type ContainerBody = z.infer<typeof containerBody>;

/** `GET /version` of the Engine: never the client's version. */
export const version = async (signal: AbortSignal): Promise<DockerAnswers['version']> => {
  const { version: body } = await reachable(signal);
  return {
    version: body.Version,
    apiVersion: body.ApiVersion ?? null,
    minApiVersion: body.MinAPIVersion ?? null,
    os: body.Os ?? null,
    arch: body.Arch ?? null,
    kernel: body.KernelVersion ?? null,
    platform: body.Platform?.Name || null,
    components: (body.Components ?? []).map(({ Name, Version }) => ({ name: Name, version: Version })),
  };
};

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

/** `GET /info` of the Engine. */
export const info = async (signal: AbortSignal): Promise<DockerAnswers['info']> =>
  infoFrom((await reachable(signal)).way, signal);

const portsOf = ({ Ports }: ContainerBody) =>
  (Ports ?? []).flatMap(({ IP, PrivatePort, PublicPort, Type }) =>
    PublicPort === undefined || Type !== 'tcp' ? [] : [{ host: PublicPort, container: PrivatePort, address: IP ?? '' }],
  );

/**
 * All containers of an Engine that was reached, by its list alone: no inspect, so that one whose image was deleted breaks
 * nothing. Where the list of all is larger than an answer may be, the running ones, and `onlyRunning` says so.
 */
export const containersFrom = async (way: Way, signal: AbortSignal): Promise<DockerAnswers['containers']> => {
  const list = (path: string) => ask(way, path, z.array(containerBody), signal);
  const all = await list('/containers/json?all=1').catch((error: unknown) => {
    if (error instanceof EngineFault && error.state === 'not-an-engine') return null;
    throw error;
  });
  return {
    onlyRunning: all === null,
    containers: (all ?? (await list('/containers/json'))).map((body) => ({
      id: body.Id,
      name: (body.Names[0] ?? '').replace(/^\//, ''),
      image: body.Image,
      state: body.State,
      product: productOf(body),
      addresses: Object.values(body.NetworkSettings?.Networks ?? {}).flatMap(addressesIn),
      ports: portsOf(body),
    })),
  };
};

/** All containers of the Engine. */
export const containers = async (signal: AbortSignal): Promise<DockerAnswers['containers']> =>
  containersFrom((await reachable(signal)).way, signal);
