import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignFile } from '../../../../src/host/live/login/foreign-file.ts';
import { chain, nowhere } from '../../../support/chain.ts';
import { ground, hung, noHangs } from '../disk/mounted.ts';

const cannot = noHangs();
describe.skipIf(cannot)(`a login on a mount that hangs${cannot ? ` (skipped: ${cannot})` : ''}`, () => {
  let here: ReturnType<typeof ground>;
  beforeAll(() => {
    here = ground();
  });
  afterAll(() => here.remove());
  it('is given up, also behind a link, and this process never touched it', { timeout: 20_000 }, async () => {
    const point = await hung(here);
    const never = new AbortController().signal;
    await expect(foreignFile(join(point, 'db.env'), never)).rejects.toThrow('it does not answer within 2 s');
    const root = nowhere();
    mkdirSync(join(root, 'wa'));
    symlinkSync(join(point, 'db.env'), join(root, 'wa/db.env'));
    const since = performance.now();
    const { told } = await chain({ envFile: join(root, 'wa/db.env') });
    expect(performance.now() - since).toBeLessThan(5000);
    expect(told.places[0]).toMatchObject({
      state: 'unreadable',
      detail: expect.stringContaining('its file system hangs'),
    });
  });
});
