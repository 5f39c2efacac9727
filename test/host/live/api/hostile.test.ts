import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificates, noCertificates } from '../../../support/certificates.ts';
import { ran } from '../../../support/command.ts';
import { HOSTILE, hostileApi } from '../../../support/hostile-api.ts';
import type { HostileTold } from '../../../support/hostile-client.ts';
import { titled } from '../../../support/titled.ts';

const CLIENT = fileURLToPath(new URL('../../../support/hostile-client.ts', import.meta.url));
const DEADLINE = 2000;
const MIB = 2 ** 20;

const no = noCertificates();

/** What each comes to: a failure, or a status; and the body, null where there is none that is JSON. */
const VERDICTS: Readonly<Record<string, readonly [string | number, unknown?]>> = {
  silent: ['no-answer'],
  slowloris: ['no-answer'],
  drip: ['no-answer'],
  endless: ['too-much'],
  'endless-json': ['too-much'],
  'huge-json': ['too-much'],
  'gzip-bomb': ['too-much'],
  'redirect-file': [302, null],
  'redirect-loop': [302, null],
  'redirect-metadata': [302, null],
  'redirect-cross': [302, null],
  reset: ['closed'],
  'half-close': ['closed'],
  'bad-length': ['not-http'],
  'bad-chunk': ['not-http'],
  'header-flood': ['too-much'],
  'status-999': [999, null],
  ansi: [200, expect.objectContaining({ health: expect.anything() })],
  xss: [200, expect.objectContaining({ errors: expect.anything() })],
  'not-json': [200, null],
  'deep-json': [200, null],
  'dup-keys': [200, { version: '1.0' }],
  bom: [200, { a: 1 }],
  'proto-pollution': [200, { constructor: { prototype: { x: 1 } } }],
  nan: [200, null],
  'null-bytes': [200, { a: 'x\u0000y' }],
  late: [200, { late: true }],
};
const TIMED_OUT = new Set(['silent', 'slowloris', 'drip']);

describe.skipIf(no)(titled('a hostile API', no), () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  let told: HostileTold = { calls: {}, largestRss: 0 };
  let together: HostileTold = told;
  beforeAll(async () => {
    const made = certificates(folder);
    const server = await hostileApi(made.good);
    const asked = async (how: string): Promise<HostileTold> => {
      const { stdout, stderr } = await ran(process.execPath, [
        CLIENT,
        server.url,
        made.caFile,
        `${DEADLINE}`,
        how,
        ...HOSTILE,
      ]);
      expect(stderr).toBe('');
      return JSON.parse(stdout);
    };
    told = await asked('one-by-one');
    together = await asked('together');
    await server.stop();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has 27 behaviours, each with a verdict', () => {
    expect(HOSTILE.length).toBe(27);
    expect(Object.keys(VERDICTS).toSorted()).toEqual(HOSTILE.toSorted());
  });

  it.each(HOSTILE)('%s', (path) => {
    const [verdict, body] = VERDICTS[path] ?? [];
    for (const { calls } of [told, together]) {
      const call = calls[path];
      expect(call?.failed?.kind ?? call?.status).toBe(verdict);
      if (body !== undefined) expect(call?.body).toEqual(body);
      if (call?.failed) expect(call).toMatchObject({ status: null, body: null, text: null, failed: { step: 'http' } });
      expect(call?.ms).toBeLessThan(DEADLINE + 500);
      if (TIMED_OUT.has(path)) expect(call?.ms).toBeGreaterThan(DEADLINE - 100);
    }
  });

  it('follows no redirect, and tells where it leads without what is secret in it', () => {
    expect(told.calls['redirect-file']?.headers['location']).toBe('file:///etc/passwd');
    expect(told.calls['redirect-cross']?.headers['location']).toMatch(
      /^http:\/\/\*\*\*@localhost:\d+\/ok\?key=\*\*\*$/,
    );
  });

  it('takes little memory, also for all of them at once', () => {
    expect(told.largestRss).toBeLessThan(256 * MIB);
    expect(together.largestRss).toBeLessThan(256 * MIB);
  });
});
