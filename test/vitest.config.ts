import { defineConfig } from 'vitest/config';
import { loudSkips } from './support/loud-skips.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Terminal tests want Ink to draw, also on a build machine. No test asks anything beyond this machine.
    env: { CI: 'false', WA_PREFLIGHT_OFFLINE: '1' },
    reporters: ['default', loudSkips],
    // A loaded build machine may miss a moment once; what fails twice is broken.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
