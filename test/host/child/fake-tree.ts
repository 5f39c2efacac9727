import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** A disk or what is built of disks, as /sys shows it. `dir` is its folder below sys/devices. */
export type FakeDevice = {
  readonly dir: string;
  readonly majorMinor: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly slaves?: readonly string[];
  readonly driver?: string;
  /** Other names under /dev. */
  readonly aliases?: readonly string[];
};

/** Writes a kernel's tree of devices into a temporary folder. */
export const fakeTree = (devices: readonly FakeDevice[], extra: Readonly<Record<string, string>> = {}) => {
  const root = mkdtempSync(join(tmpdir(), 'wa-preflight-sys-'));
  const [sys, dev] = [join(root, 'sys'), join(root, 'dev')];
  const file = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
  };
  const link = (path: string, target: string) => {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(relative(dirname(path), target), path);
  };
  const nameOf = (dir: string) => dir.split('/').at(-1) ?? '';
  const folders = new Map(devices.map(({ dir }) => [nameOf(dir), join(sys, 'devices', dir)]));
  for (const { dir, majorMinor, files, slaves, driver, aliases } of devices) {
    const folder = join(sys, 'devices', dir);
    file(join(folder, 'dev'), majorMinor);
    for (const [path, text] of Object.entries(files ?? {})) file(join(folder, path), text);
    if (driver) {
      file(join(sys, 'bus/drivers', driver, 'bind'), '');
      link(join(folder, 'device/driver'), join(sys, 'bus/drivers', driver));
    }
    for (const slave of slaves ?? []) link(join(folder, 'slaves', slave), folders.get(slave) ?? '');
    link(join(sys, 'dev/block', majorMinor), folder);
    link(join(sys, 'class/block', nameOf(dir)), folder);
    file(join(dev, nameOf(dir)), '');
    for (const alias of aliases ?? []) link(join(dev, alias), join(dev, nameOf(dir)));
  }
  for (const [path, text] of Object.entries(extra)) file(join(sys, path), text);
  return { sys, dev, remove: () => rmSync(root, { recursive: true, force: true }) };
};
