import type { SystemAnswers } from '../host/answers/system.ts';
import type { Host } from '../host/host.ts';

/** Signs that this is a container. `weak` ones also stand on machines whose file system was made from an image. */
export type ContainerSigns = { readonly sure: readonly string[]; readonly weak: readonly string[] };

// A container's cgroup, not the engine's own service: docker.service and containerd.service run on the host itself.
const OURS =
  /\/docker\/[0-9a-f]{12,}|\/docker-[0-9a-f]{12,}|kubepods|\/lxc\/|\/lxc\.payload|\/libpod-[0-9a-f]|\/crio-|cri-containerd|\/ecs\/|\/garden\/|\/machine\.slice\/systemd-nspawn/;

const KERNEL_THREADS = 'kthreadd';

/** Looks for a container around us: its own variable, files, cgroup, mounts, and whose processes are visible. */
export const containerSigns = async (host: Host, identity: SystemAnswers['identity']): Promise<ContainerSigns> => {
  if (identity.platform !== 'linux') return { sure: [], weak: [] };
  const [docker, podman, cgroups, second] = await Promise.all([
    host.readFile('/.dockerenv'),
    host.readFile('/run/.containerenv'),
    host.readFile('/proc/self/cgroup'),
    host.readFile('/proc/2/comm'),
  ]);
  const cgroup = cgroups?.split('\n').find((line) => OURS.test(line));
  const named = identity.container && identity.container !== 'wsl' ? identity.container : null;
  const sure = [
    named && `container=${named}`,
    podman !== null && '/run/.containerenv',
    cgroup && `cgroup ${cgroup.replace(/^\d+:[^:]*:/, '')}`,
    identity.kubernetes && 'KUBERNETES_SERVICE_HOST',
    identity.traces.includes('engine-files') && '/etc/hosts mounted by a container engine',
  ].filter((sign) => typeof sign === 'string');
  const weak = [docker !== null && '/.dockerenv', identity.traces.includes('overlay-root') && 'overlay as root'].filter(
    (sign) => typeof sign === 'string',
  );
  // Process 2 is the kernel's own only in the first PID namespace, which containers do not share.
  return sure.length > 0 || second?.trim() !== KERNEL_THREADS ? { sure: [...sure, ...weak], weak: [] } : { sure, weak };
};
