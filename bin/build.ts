// Builds dist/: the tool as a few ES modules that need nothing but Node. Libraries that a run does not use stay unread.
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = join(root, 'dist');

/** Optional native or development parts of libraries: the libraries do without them. */
const ABSENT = /^(react-devtools-core|cpu-features|pg-native)$|sshcrypto\.node$/;

const withoutOptionalParts: Plugin = {
  name: 'without-optional-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents:
        path === 'react-devtools-core'
          ? 'export default {}'
          : `throw new Error(${JSON.stringify(`${path} is left out`)})`,
    }));
  },
};

await rm(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/entry.ts', probe: 'src/host/child/probe.ts' },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  banner: {
    js: "import{createRequire as __cr}from'node:module';import{fileURLToPath as __fu}from'node:url';import{dirname as __dn}from'node:path';const require=__cr(import.meta.url),__filename=__fu(import.meta.url),__dirname=__dn(__filename);",
  },
  plugins: [withoutOptionalParts],
  logLevel: 'warning',
});
