import type { Host } from '../host/host.ts';
import { versionNumber } from './version-number.ts';

/** The libseccomp that containers get, and who says so; `sure` is false where a runtime of its own may carry another. */
export type Libseccomp = { readonly version: string | null; readonly source: string | null; readonly sure: boolean };

const LIBRARIES = [
  '/usr/lib/x86_64-linux-gnu/libseccomp.so.2',
  '/lib/x86_64-linux-gnu/libseccomp.so.2',
  '/usr/lib64/libseccomp.so.2',
  '/usr/lib/aarch64-linux-gnu/libseccomp.so.2',
  '/usr/lib/libseccomp.so.2',
];
const PACKAGES: readonly (readonly [string, ...string[]])[] = [
  ['dpkg-query', '-s', 'libseccomp2'],
  ['rpm', '-q', 'libseccomp'],
  ['apk', 'list', '-I', 'libseccomp'],
];

const found = (version: string, source: string, sure: boolean): Libseccomp => ({ version, source, sure });

/** The version that a package manager names in its answer: "Version: 2.5.4-1+deb12u1", "libseccomp-2.3.1-4.el7.x86_64". */
const packaged = (printed: string): string | null =>
  (/^Version:\s*(\S+)/m.exec(printed) ?? /^libseccomp-(\d\S*)/m.exec(printed))?.[1] ?? null;

/** The version that a runtime prints, on Debian's "libseccomp: 2.5.4" line or any other's. */
const printed = (text: string): string | null => /^\s*libseccomp:\s*v?(\d\S*)/m.exec(text)?.[1] ?? null;

const fromRuntime = async (host: Host, runtime: string): Promise<Libseccomp | null> => {
  for (const program of new Set([runtime, `docker-${runtime}`])) {
    const version = printed((await host.exec(program, '--version'))?.stdout ?? '');
    if (version) return found(version, `${program} --version`, true);
  }
  return null;
};

const fromLibrary = async (host: Host): Promise<Libseccomp | null> => {
  for (const path of LIBRARIES) {
    const file = await host.exec('readlink', '-f', path);
    const version = /libseccomp\.so\.(\d+\.\d+\.\d+)\s*$/.exec(file?.stdout ?? '')?.[1];
    if (version) return found(version, `the library ${path}`, false);
  }
  return null;
};

const fromPackage = async (host: Host): Promise<Libseccomp | null> => {
  for (const [program, ...args] of PACKAGES) {
    const asked = await host.exec(program, ...args);
    // dpkg also knows packages that were removed.
    const there = asked?.exitCode === 0 && !/^Status: (?!.* installed$)/m.test(asked.stdout);
    const version = there ? packaged(asked.stdout) : null;
    if (version && versionNumber(version)) return found(version, `the package, by ${program}`, false);
  }
  return null;
};

/**
 * The libseccomp of the container runtime, by the best source there is: the features of the Engine's runtime (Engine 25 and
 * later), what runc prints, the library's file name, the package. For an Engine elsewhere only the first one counts.
 */
export const libseccompOf = async (host: Host): Promise<Libseccomp> => {
  const engine = await host.docker('engine');
  const info = engine.state === 'reachable' ? await host.docker('info') : null;
  if (info?.libseccomp) return found(info.libseccomp, "the features of the Engine's runtime", true);
  const unknown: Libseccomp = { version: null, source: null, sure: false };
  if (!engine.local) return unknown;
  const runtime = info?.defaultRuntime ?? 'runc';
  // Only runc prints its libseccomp; what stands behind a runtime of another name cannot be told from here.
  const told = runtime === 'runc' ? await fromRuntime(host, runtime) : null;
  return told ?? (await fromLibrary(host)) ?? (await fromPackage(host)) ?? unknown;
};
