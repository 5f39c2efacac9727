import * as z from 'zod/mini';
import { lenient } from './lenient.ts';
import { attachments } from './networks.ts';

const text = lenient(z.string());
const texts = lenient(z.array(z.string()));
const flag = lenient(z.boolean());
const whole = z.catch(z.int(), 0);
const bindings = lenient(
  z.record(
    z.string(),
    z.nullish(z.array(z.object({ HostIp: z.catch(z.string(), ''), HostPort: z.catch(z.string(), '') }))),
  ),
);

/** `GET /containers/ID/json`, as much of it as is used: any part may be missing in an old Engine. */
export const inspectedBody = z.object({
  Name: text,
  Image: text,
  RestartCount: whole,
  LogPath: text,
  State: z.object({
    Status: text,
    Pid: whole,
    ExitCode: whole,
    OOMKilled: flag,
    StartedAt: text,
    FinishedAt: text,
    Error: text,
  }),
  Config: z.object({
    Image: text,
    Env: texts,
    Cmd: texts,
    Entrypoint: texts,
    Labels: lenient(z.record(z.string(), z.string())),
    ExposedPorts: lenient(z.record(z.string(), z.unknown())),
  }),
  HostConfig: lenient(
    z.object({
      NetworkMode: text,
      Links: texts,
      ExtraHosts: texts,
      PortBindings: bindings,
      RestartPolicy: lenient(z.object({ Name: text })),
      LogConfig: lenient(z.object({ Type: text, Config: lenient(z.record(z.string(), z.string())) })),
      Privileged: flag,
    }),
  ),
  NetworkSettings: lenient(z.object({ Networks: attachments, Ports: bindings })),
  Mounts: lenient(
    z.array(
      z.object({ Type: text, Name: text, Source: text, Destination: z.catch(z.string(), ''), Driver: text, RW: flag }),
    ),
  ),
});
export type InspectedBody = z.infer<typeof inspectedBody>;
