import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeStage0 } from '../../bin/stage0.ts';

const LAUNCHER = join(import.meta.dirname, '../../bin/wa-preflight');

/** The Node.js of this run: in the tests it stands for the bundled one. */
export const NODE = realpathSync(process.execPath);

const found = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** The shells that the launcher is written for; `missing` says why one is skipped. */
export const SHELLS = (
  [
    ['dash', ['dash']],
    ['bash', ['bash']],
    ['busybox sh', ['busybox', 'sh']],
  ] as const
).map(([name, command]) => {
  const here = found(command[0]);
  return { name, command, here, missing: here ? '' : ` (skipped: ${name} is not installed)` };
});

/** A cli.js that tells what reached it. */
const ECHO = `
let input = '';
for await (const chunk of process.stdin) input += chunk;
console.log(JSON.stringify({ argv: process.argv.slice(2), env: process.env, node: process.execPath, input }));
process.exitCode = Number(process.env.LEAVE ?? 0);
`;
const told = z.object({
  argv: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  node: z.string(),
  input: z.string(),
});

/** What that cli.js told. */
export const heard = (stdout: string) => told.parse(JSON.parse(stdout));

/** Copies of this Node.js that the real loader refuses: a glibc and a library that do not exist, another machine. */
const refused = (folder: string) => {
  const binary = readFileSync(NODE);
  const write = (name: string, copy: Buffer): string => {
    writeFileSync(join(folder, name), copy, { mode: 0o755 });
    return join(folder, name);
  };
  const renamed = (from: string, to: string): Buffer => {
    const copy = Buffer.from(binary);
    let at = copy.indexOf(`${from}\0`);
    if (at < 0) throw new Error(`this Node.js does not name ${from}`);
    for (; at >= 0; at = copy.indexOf(`${from}\0`, at + 1)) copy.write(to, at);
    return copy;
  };
  const foreign = Buffer.from(binary.subarray(0, 1 << 20));
  foreign.writeUInt16LE(process.arch === 'x64' ? 0xb7 : 0x3e, 18);
  return {
    glibc: write('needs-glibc', renamed('GLIBC_2.28', 'GLIBC_2.99')),
    library: write('needs-library', renamed('libstdc++.so.6', 'libnone++.so.6')),
    machine: write('other-machine', foreign),
  };
};

/** Puts a Node.js into a node_modules folder, as npm does. */
export const bundle = (modules: string, node: string): void => {
  mkdirSync(join(modules, `node-linux-${process.arch}/bin`), { recursive: true });
  symlinkSync(node, join(modules, `node-linux-${process.arch}/bin/node`));
};

/** A temporary folder with all that the launcher's tests need; `remove` takes it away. */
export const workshop = () => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'wa-launcher-')));
  writeStage0(top);
  // The programs of this machine, but no node.
  const programs = join(top, 'programs');
  mkdirSync(programs);
  for (const folder of ['/bin', '/usr/bin', '/usr/sbin', '/sbin'].filter(existsSync))
    for (const name of readdirSync(folder))
      if (!/^(node|nodejs|npm|npx)$/.test(name) && !existsSync(join(programs, name)))
        symlinkSync(join(folder, name), join(programs, name));

  return {
    top,
    programs,
    patched: refused(top),
    remove: () => rmSync(top, { recursive: true, force: true }),
    /** A PATH on which these scripts come before the machine's programs. */
    fakes: (scripts: Readonly<Record<string, string>>): string => {
      const folder = mkdtempSync(join(top, 'fakes-'));
      for (const [name, script] of Object.entries(scripts))
        writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return `${folder}:${programs}`;
    },
    /** A package as npm installs it; `node` stands for the bundled Node.js, null where none is installed. */
    layout: (node: string | null = NODE, folder = mkdtempSync(join(top, 'package-'))): string => {
      mkdirSync(join(folder, 'bin'), { recursive: true });
      mkdirSync(join(folder, 'dist'), { recursive: true });
      copyFileSync(LAUNCHER, join(folder, 'bin/wa-preflight'));
      copyFileSync(join(top, 'stage0.sh'), join(folder, 'dist/stage0.sh'));
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      writeFileSync(join(folder, 'dist/cli.js'), ECHO);
      if (node !== null) bundle(join(folder, 'node_modules'), node);
      return folder;
    },
    start: (
      [program = '', ...before]: readonly string[],
      args: readonly string[] = [],
      env: NodeJS.ProcessEnv = { PATH: programs },
      { cwd = top, input = '' }: { readonly cwd?: string; readonly input?: string } = {},
    ) => {
      const { status, stdout, stderr } = spawnSync(program, [...before, ...args], {
        env,
        encoding: 'utf8',
        cwd,
        input,
      });
      return { status, stdout, stderr };
    },
  };
};
