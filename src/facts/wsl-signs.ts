import type { SystemAnswers } from '../host/answers/system.ts';
import type { Host } from '../host/host.ts';

/** Signs of the Windows Subsystem for Linux, and which generation they speak of. Empty `signs`: it is none. */
export type WslSigns = { readonly generation: 1 | 2 | null; readonly signs: readonly string[] };

const MICROSOFT = /microsoft|\bWSL/i;
const INTEROP = '/proc/sys/fs/binfmt_misc';

/**
 * Looks for WSL by several signs, as kernels can be custom-built there. DMI alone proves nothing: Azure and Hyper-V
 * show the same maker and model.
 */
export const wslSigns = async (host: Host, identity: SystemAnswers['identity']): Promise<WslSigns> => {
  if (identity.platform !== 'linux') return { generation: null, signs: [] };
  // Looking below an automount would mount it; the table says whether it is there.
  const interop = identity.traces.includes('binfmt_misc') ? ['WSLInterop', 'WSLInterop-late'] : [];
  const [version, run, vendor, model, ...handlers] = await Promise.all([
    host.readFile('/proc/version'),
    host.list('/run/WSL'),
    host.readFile('/sys/class/dmi/id/sys_vendor'),
    host.readFile('/sys/class/dmi/id/product_name'),
    ...interop.map((name) => host.readFile(`${INTEROP}/${name}`)),
  ]);
  const one = identity.traces.includes('wslfs') || /^4\.4\.0-\d+-Microsoft/.test(identity.release);
  const signs = [
    MICROSOFT.test(identity.release) && `release ${identity.release}`,
    MICROSOFT.test(version ?? '') && `/proc/version ${/\S*(?:microsoft|\bWSL)\S*/i.exec(version ?? '')?.[0]}`,
    ...interop.map((name, at) => handlers[at] != null && `${INTEROP}/${name}`),
    run !== null && '/run/WSL',
    identity.container === 'wsl' && 'container=wsl',
    identity.traces.includes('drvfs') && 'Windows drives mounted (drvfs)',
    identity.traces.includes('wslfs') && 'WSL 1 file system',
    identity.traces.includes('wsl-command-line') && 'WSL_ variables on the kernel command line',
  ].filter((sign) => typeof sign === 'string');
  if (signs.length === 0) return { generation: null, signs };
  const dmi = /^Microsoft/.test(vendor ?? '') ? [`DMI ${vendor?.trim()} ${model?.trim() ?? ''}`.trim()] : [];
  return { generation: one ? 1 : 2, signs: [...signs, ...dmi] };
};
