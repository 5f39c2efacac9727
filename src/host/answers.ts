import * as z from 'zod/mini';

// The shape of every answer that a host can give. Answers are checked against it at the door, live and replayed,
// so that no check ever judges garbage. Base units: bytes, milliseconds. `null` says "there is no such thing" or "not told".

const text = z.string().check(z.maxLength(1 << 20));
const count = z.int().check(z.nonnegative());
const bytes = count;
const ms = z.number().check(z.nonnegative());
const maybe = <T extends z.ZodMiniType>(schema: T) => z.nullable(schema);

const exec = maybe(z.object({ exitCode: z.int(), stdout: text, stderr: text }));

const system = {
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
  /** The raw statx system call on the host itself: errno 0 worked; null where it was not run, with the reason. */
  statx: z.object({ errno: maybe(z.int()), reason: maybe(text) }),
};

const leaf = z.object({
  name: text,
  majorMinor: maybe(text),
  size: maybe(bytes),
  rotational: maybe(z.boolean()),
  /** "nvme", "virtio", "xen", "scsi", "ata", "usb", "mmc", "zvol"... as the kernel's tree tells. */
  bus: maybe(text),
  driver: maybe(text),
  vendor: maybe(text),
  model: maybe(text),
  /** A disk that a hypervisor, a server or a RAID controller shows: its rotational flag proves nothing. */
  virtual: z.boolean(),
});

/** Percentiles of one figure, ms. */
const distribution = z.object({
  samples: count,
  mean: ms,
  p50: ms,
  p90: ms,
  p95: ms,
  p99: ms,
  max: ms,
});
const rounds = z.object({
  /** All rounds together, then each one: the spread over rounds is the benchmark's own noise. */
  all: distribution,
  rounds: z.array(distribution).check(z.minLength(1)),
  /** Samples in each bin: above the bound before, up to `le`; the last bound is null: everything above. */
  histogram: z.array(z.object({ le: maybe(ms), count })),
  /** The worst sample in each equal slice of time, for the latency strip. */
  strip: z.array(ms).check(z.maxLength(240)),
  seconds: z.number().check(z.nonnegative()),
});

const disk = {
  /** The folder whose disk is judged, and why that one. */
  target: z.object({ path: text.check(z.minLength(1)), from: z.enum(['option', 'docker', 'default']) }),
  /** Where a path really lives: nearest existing folder, its mount, its file system's sizes, the devices below. */
  place: z.object({
    path: text,
    /** The nearest folder that exists, symbolic links resolved. */
    existing: text,
    mount: z.object({ point: text, type: text, source: text, options: z.array(text) }),
    kind: z.enum(['block', 'network', 'memory', 'pool', 'unknown']),
    size: bytes,
    free: bytes,
    /** What an unprivileged process may still use: less than `free` by the reserved blocks. */
    available: bytes,
    inodes: maybe(z.object({ total: count, available: count })),
    /** From the mount down: "overlay", "dm-0 (lvm)", "md0 (raid1)", "loop0"... */
    layers: z.array(text),
    leaves: z.array(leaf),
    readOnly: z.boolean(),
  }),
  /** Whether a benchmark may write there; why not: --quick, no right, no space. */
  permit: z.object({ refused: maybe(text) }),
  /** 2300-byte appends, each with fdatasync, in an unlinked file there. */
  'write-latency': z.object({ method: text, bytes, stoppedEarly: z.boolean(), latency: rounds }),
  /** Random 4 KiB reads of an unlinked file there; `direct` says whether O_DIRECT went past the page cache. */
  'read-latency': z.object({
    method: text,
    bytes,
    direct: z.boolean(),
    stoppedEarly: z.boolean(),
    latency: rounds,
    iops1: z.number().check(z.nonnegative()),
    iops16: maybe(z.number().check(z.nonnegative())),
  }),
};

/** How one run of the probe in a container ended. */
const containerRun = z.object({
  /** The probe's exit code is the errno of statx; null when it did not come to that. */
  errno: maybe(z.int()),
  signal: maybe(text),
  /** The Engine's words when it could not create or start the container. */
  startError: maybe(text),
});

/** What a probe could not remove again, to be said, and how many left-overs of dead runs it removed first. */
const traces = { leftOver: z.array(text), sweptBefore: count };

const docker = {
  /** Which Engine was asked and how it answered. Never throws for an Engine that is not there. */
  engine: z.object({
    endpoint: text,
    from: z.enum(['DOCKER_HOST', 'context', 'default', 'rootless']),
    /** Whether that Engine runs on this very machine (a socket here). */
    local: z.boolean(),
    state: z.enum(['reachable', 'absent', 'denied', 'refused', 'silent', 'not-an-engine', 'unusable']),
    /** The error's own words, null when reachable. */
    detail: maybe(text),
    /** "docker", or "podman" for its Docker-compatible shim. */
    product: maybe(z.enum(['docker', 'podman'])),
  }),
  /** `GET /version`, the fields that are used. */
  version: z.object({
    version: text,
    apiVersion: maybe(text),
    minApiVersion: maybe(text),
    os: maybe(text),
    arch: maybe(text),
    kernel: maybe(text),
    platform: maybe(text),
    components: z.array(z.object({ name: text, version: text })),
  }),
  /** `GET /info`, the fields that are used. */
  info: z.object({
    name: maybe(text),
    operatingSystem: maybe(text),
    osType: maybe(text),
    architecture: maybe(text),
    kernel: maybe(text),
    dataRoot: maybe(text),
    storageDriver: maybe(text),
    driverStatus: z.array(z.tuple([text, text])),
    loggingDriver: maybe(text),
    cgroupVersion: maybe(text),
    securityOptions: z.array(text),
    defaultRuntime: maybe(text),
    /** libseccomp of the default runtime, as the runtime's features tell (Engine 25 and later). */
    libseccomp: maybe(text),
    /** The commit or version of runc that the Engine names. */
    runc: maybe(text),
    warnings: z.array(text),
  }),
  /** Containers that exist, with the ports they publish; `product` where they are the client's own. */
  containers: z.object({
    /** The list of all was too long, and holds the running ones only. */
    onlyRunning: z._default(z.boolean(), false),
    containers: z.array(
      z.object({
        id: text,
        name: text,
        image: text,
        state: text,
        product: maybe(z.enum(['coreapp', 'webapp'])),
        ports: z.array(z.object({ host: count, container: count, address: text })),
      }),
    ),
  }),
  /**
   * The statx probe in throw-away containers: under the Engine's own seccomp profile, and unconfined as control, which is
   * only run when `own` was not allowed.
   */
  statx: z.discriminatedUnion('ran', [
    z.object({ ran: z.literal(false), reason: text, ...traces }),
    z.object({ ran: z.literal(true), arch: text, own: containerRun, unconfined: maybe(containerRun), ...traces }),
  ]),
};

/** Every topic's answer, by method and topic. */
export const ANSWERS = { system, disk, docker } as const;
export const FILE_ANSWER = maybe(text);
export const LIST_ANSWER = maybe(z.array(text));
export const EXEC_ANSWER = exec;

type Answers<Topics extends Record<string, z.ZodMiniType>> = { [Topic in keyof Topics]: z.infer<Topics[Topic]> };
export type SystemAnswers = Answers<typeof system>;
export type DiskAnswers = Answers<typeof disk>;
export type DockerAnswers = Answers<typeof docker>;
export type ExecAnswer = z.infer<typeof exec>;
export type DiskLeaf = z.infer<typeof leaf>;
export type Distribution = z.infer<typeof distribution>;
export type LatencyRounds = z.infer<typeof rounds>;
export type ContainerRun = z.infer<typeof containerRun>;
