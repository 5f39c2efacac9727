import * as z from 'zod/mini';
import { type Answers, bytes, count, maybe, text } from './shapes.ts';

/** What `system(topic)` answers. */
export const system = {
  /** uname, and who is asking. `machine` is uname's own word: x86_64, aarch64. */
  identity: z.object({
    name: text,
    platform: z.enum([
      'linux',
      'darwin',
      'win32',
      'freebsd',
      'openbsd',
      'sunos',
      'aix',
      'android',
      'haiku',
      'cygwin',
      'netbsd',
    ]),
    release: text.check(z.minLength(1)),
    version: text,
    machine: text.check(z.minLength(1)),
    uid: maybe(z.int()),
    /** The kind of virtual machine by DMI and hypervisor flags, "none" on bare metal, null when it cannot be told. */
    virtualization: maybe(text),
    /** `container=` of process 1 or our own ("docker", "lxc", "podman"), null when unset or unreadable. */
    container: maybe(text),
    /** Whether Kubernetes' own variable is set for us. */
    kubernetes: z.boolean(),
    /**
     * What the mount table and the kernel's command line show: "binfmt_misc", "drvfs", "wslfs", "overlay-root",
     * "engine-files" (/etc/hosts and the like given by a container engine), "wsl-command-line".
     */
    traces: z._default(z.array(text), []),
  }),
  /**
   * What EC2's own metadata service says (IMDSv2). It is asked only where DMI says EC2; null elsewhere, and `wrong` where it
   * gave no answer.
   */
  ec2: maybe(
    z.object({
      wrong: maybe(text),
      instanceType: maybe(text),
      region: maybe(text),
      imageId: maybe(text),
      /** Devices by the names that EC2 gives them: "root /dev/xvda", "ephemeral0 /dev/sdb". */
      devices: z.array(text),
    }),
  ),
  /** The wall clock, as milliseconds since 1970. */
  now: z.object({ epochMs: z.int().check(z.positive()) }),
  /** `usable` is what the affinity mask leaves; `quota` is what cgroup v1 or v2 leaves, in CPUs. */
  cpu: z.object({
    model: maybe(text),
    logical: count.check(z.gte(1)),
    physical: maybe(count.check(z.gte(1))),
    usable: maybe(count.check(z.gte(1))),
    quota: maybe(z.number().check(z.positive())),
    quotaFrom: maybe(text),
  }),
  /** `total` is MemTotal; `installed` is what the firmware says is built in; `limit` is the cgroup's. */
  memory: z.object({
    total: bytes.check(z.gte(1)),
    available: bytes,
    installed: maybe(bytes),
    limit: maybe(bytes),
    limitFrom: maybe(text),
  }),
  /** TCP ports that something listens on; `program` and `pid` where we may see them. */
  listeners: z.object({
    listeners: z.array(
      z.object({ port: count.check(z.lte(65535)), address: text, pid: maybe(count), program: maybe(text) }),
    ),
  }),
  /** Addresses of this machine's own interfaces, IPv4 and IPv6, loopback among them. */
  addresses: z.object({ addresses: z.array(text) }),
  /** The raw statx system call on the host itself: errno 0 worked; null where it was not run, with the reason. */
  statx: z.object({ errno: maybe(z.int()), reason: maybe(text) }),
};

export type SystemAnswers = Answers<typeof system>;
