// Redacts and packs one file into a zip that is thrown away: what `npm run bench -- bundle` times. Usage: bundle-pack.ts FILE
import { createReadStream } from 'node:fs';
import type { Sink } from '../../src/archive/archive.ts';
import { zipWriter } from '../../src/archive/zip-writer.ts';
import { replacedIn } from '../../src/bundle/tally.ts';
import { cleaner } from '../../src/bundle/workers.ts';
import type { Tally } from '../../src/redact/rule.ts';
import { merged } from '../../src/redact/tally.ts';

const nowhere = (): Sink => {
  let size = 0;
  return {
    write: async (bytes) => {
      size += bytes.length;
    },
    patch: async () => {},
    size: () => size,
    digest: async () => {
      throw new Error('nothing was kept');
    },
  };
};

const rule = { id: 'credential.password', tier: 'credential', kind: 'password' } as const;
const literals = Array.from({ length: Number(process.argv[3] ?? 10) }, (_, at) => ({
  rule,
  value: `S3cret-${(at * 7919 + 104729).toString(36)}-${at}`,
}));

const cleaning = cleaner({ key: new Uint8Array(32).fill(7), literals, own: [], keepNetwork: false }, { workers: 2 });
const chunks = createReadStream(process.argv[2] ?? '', { highWaterMark: 2 ** 18 });
const found: Tally[] = [];
const blocks = async function* () {
  for await (const block of cleaning.clean('container.log', chunks, 'log')) {
    found.push(block.found);
    if (found.length > 64) found.splice(0, found.length, merged(found));
    yield block;
  }
};
const writer = zipWriter(nowhere());
const { bytes, packed } = await writer.add('container.log', blocks());
console.log(JSON.stringify({ bytes, packed, replaced: replacedIn(merged(found)) }));
await cleaning.close();
