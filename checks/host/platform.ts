import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { containerSigns } from '../../src/facts/container-signs.ts';
import { desktopSigns } from '../../src/facts/docker-desktop-signs.ts';
import { wslSigns } from '../../src/facts/wsl-signs.ts';
import type { Finding } from '../../src/model.ts';

const SERVER = 'Install the client on an x86-64 Linux server, or in a Linux virtual machine.';
const SYSTEMS: Record<string, string> = { linux: 'Linux', win32: 'Windows', cygwin: 'Windows', darwin: 'macOS' };
const plain = (machine: string): string => (machine.toLowerCase() === 'amd64' ? 'x86_64' : machine);

/** Whether this is Linux on x86-64, and neither WSL, Docker Desktop nor a container; each sign is shown. */
export const hostPlatform = defineCheck({
  id: 'host.platform',
  title: 'Platform',
  group: 'host',
  phase: 'before',
  touches: "Reads uname, DMI, /proc, /run/WSL and /.dockerenv, and asks the Engine for its system's name.",
  remedy: 'Use an x86-64 Linux server with Docker Engine, without WSL and Docker Desktop.',
  requirement: z.strictObject({ architectures: z.array(z.string()).check(z.minLength(1)) }),
  limit: ({ architectures }) => ({
    op: 'is',
    value: ['linux', ...architectures],
    display: `Linux on ${architectures.join(' or ')}`,
  }),
  measure: async (host) => {
    const identity = await host.system('identity');
    const { platform, release, machine, virtualization } = identity;
    const [wsl, container, desktop] = await Promise.all([
      wslSigns(host, identity),
      containerSigns(host, identity),
      desktopSigns(host, identity),
    ]);
    return { platform, release, machine: plain(machine), virtualization, wsl, container, desktop };
  },
  figure: ({ platform, machine, wsl }) => ({
    value: machine,
    display: `${wsl.generation ? `WSL ${wsl.generation}` : (SYSTEMS[platform] ?? platform)} on ${machine}`,
  }),
  judge({ platform, machine, virtualization, wsl, container, desktop }, { architectures }) {
    const system = SYSTEMS[platform] ?? platform;
    const found: Finding[] = [];
    if (platform !== 'linux') found.push(fail(`This is ${system}; a Linux server is needed.`, { remedy: SERVER }));
    if (wsl.generation)
      found.push(
        fail(`This is WSL ${wsl.generation} (${wsl.signs.join(', ')}); a Linux server is needed.`, { remedy: SERVER }),
      );
    if (desktop.signs.length)
      found.push(
        fail(
          `The Engine is Docker Desktop's (${desktop.signs.join(', ')}); Docker Engine on a Linux server is needed.`,
          {
            remedy: 'Install Docker Engine on an x86-64 Linux server, and use that instead of Docker Desktop.',
          },
        ),
      );
    if (!architectures.includes(machine))
      found.push(
        fail(`The processor is ${machine}; the client's images are ${architectures.join(', ')} only.`, {
          remedy: SERVER,
        }),
      );
    if (container.sure.length)
      found.push(
        warn(
          `This runs in a container (${container.sure.join(', ')}): kernel and clock are the host's; memory and CPU limits, C library, distribution and ports are the container's own.`,
          { remedy: 'Run the tool on the host itself.' },
        ),
      );
    if (desktop.refused)
      found.push(unknown(`Could not find out whether the Engine is Docker Desktop's: ${desktop.refused}`));
    if (found.some(({ outcome }) => outcome === 'fail')) return found;
    const weak = container.weak.includes('/.dockerenv') ? '; /.dockerenv is there, but this is no container' : '';
    return [
      pass(`${system} on ${machine}${virtualization ? ` (virtualization: ${virtualization})` : ''}${weak}`),
      ...found,
    ];
  },
});
