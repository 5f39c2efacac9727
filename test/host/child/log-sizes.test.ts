import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logSizes } from '../../../src/host/child/log-sizes.ts';
import { tree } from '../../support/tree.ts';

it('a log is as large as its file and those that were rotated away, and nothing else', () => {
  const folder = tree({
    'a-json.log': 'x'.repeat(10),
    'a-json.log.1': 'x'.repeat(100),
    'a-json.log.2.gz': 'x'.repeat(1000),
    'a-json.logs': 'x'.repeat(7),
    'b-json.log': '',
  });
  symlinkSync(join(folder, 'a-json.log.1'), join(folder, 'a-json.log.9'));
  const at = (name: string) => join(folder, name);
  expect(logSizes([at('a-json.log'), at('b-json.log'), at('none'), null, 'relative', '/nowhere/x', at('')])).toEqual([
    1110,
    0,
    null,
    null,
    null,
    null,
    null,
  ]);
});
