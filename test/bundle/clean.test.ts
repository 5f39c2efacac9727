import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { memorySink } from '../../src/archive/memory-sink.ts';
import { readArchive } from '../../src/archive/read.ts';
import { zipWriter } from '../../src/archive/zip-writer.ts';
import type { Cleaner } from '../../src/bundle/cleaner.ts';
import { type Cleaning, cleaner } from '../../src/bundle/workers.ts';
import type { Form } from '../../src/redact/rule.ts';
import { merged } from '../../src/redact/tally.ts';

const rule = { id: 'credential.password', tier: 'credential', kind: 'password' } as const;
const VALUE = 'Gk27-fresh-Orchard-91';
const LINES = 'line-one-of-the-key\nline-two-of-the-key';
const terms = {
  key: new Uint8Array(32).fill(5),
  literals: [VALUE, LINES].map((value) => ({ rule, value })),
  own: [],
  keepNetwork: false,
};

const open: Cleaner[] = [];
const made = (cleaning: Partial<Cleaning> = {}): Cleaner => {
  const one = cleaner(terms, { workers: 0, ...cleaning });
  open.push(one);
  return one;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const chunksOf = async function* (bytes: Uint8Array, size = 64 * 1024, first = size): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = at === 0 ? first : at + size;
    yield bytes.subarray(at, end);
    at = end;
  }
};

const cleaned = async (
  one: Cleaner,
  path: string,
  bytes: Uint8Array,
  form: Form | 'auto' = 'auto',
  size = 65_536,
  first = size,
) => {
  const blocks = [];
  for await (const block of one.clean(path, chunksOf(bytes, size, first), form)) blocks.push(block);
  return {
    blocks,
    bytes: Buffer.concat(blocks.map((block) => block.bytes)),
    found: merged(blocks.map(({ found }) => found)),
  };
};

const plain = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `2026-01-01 00:00:${String(at % 60).padStart(2, '0')} INFO delivered ${at} in ${at % 97} ms\n`,
  ).join('');

describe('a log', () => {
  const log = Buffer.from(`${plain(40_000)}using ${VALUE} now\n${plain(30_000)}`);

  test('keeps every other byte, in blocks that come from workers in order and already packed', async () => {
    const { blocks, bytes, found } = await cleaned(made({ workers: 2 }), 'a.log', log);
    expect(bytes.toString().replace(/using \S+ now/, `using ${VALUE} now`)).toBe(log.toString());
    expect(bytes.includes(VALUE)).toBe(false);
    expect(found['credential.password']).toMatchObject({ found: 1 });
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks)
      expect(
        inflateRawSync(block.deflated ?? Buffer.alloc(0), { finishFlush: 2 }).equals(Buffer.from(block.bytes)),
      ).toBe(true);
  });

  test('is the same in one thread, in two, and whatever the chunks are', async () => {
    const { bytes } = await cleaned(made(), 'a.log', log);
    expect((await cleaned(made({ workers: 1 }), 'a.log', log)).bytes.equals(bytes)).toBe(true);
    for (const first of [1, 7, 64])
      expect((await cleaned(made(), 'a.log', log, 'auto', 65_536, first)).bytes.equals(bytes)).toBe(true);
  });

  test('a value of several lines is not left where blocks meet', async () => {
    for (const shift of [0, 11, 20, 30]) {
      const before = 'x'
        .repeat(99)
        .concat('\n')
        .repeat(10_485)
        .concat('y'.repeat(36 + shift), '\n');
      const { bytes } = await cleaned(made(), 'a.log', Buffer.from(`${before}${LINES}\n${plain(2000)}`));
      expect(bytes.includes('of-the-key')).toBe(false);
    }
  });
});

describe('one line of several MB', () => {
  const filler = 'the quick brown fox, jumps over; ';
  test.each([0, 1, 64])('hides no value at any place, shifted by %i bytes', async (shift) => {
    const step = 256 * 1024;
    const parts = Array.from({ length: 19 }, () => filler.repeat(Math.floor(step / filler.length)) + VALUE);
    const line = Buffer.from(`${'s'.repeat(shift)} ${parts.join(' ')}\n`);
    const { bytes, found } = await cleaned(made(), 'a.log', line);
    expect(bytes.includes(VALUE)).toBe(false);
    expect(found['credential.password']?.found).toBe(19);
  });

  test('of one character stays as it is', async () => {
    const line = Buffer.alloc(5_000_000, 'a');
    expect((await cleaned(made(), 'a.log', line)).bytes.equals(line)).toBe(true);
  });
});

describe('other kinds of files', () => {
  test('records of json-file that were torn are one before they are cleaned', async () => {
    const record = (log: string, stream = 'stdout') =>
      `${JSON.stringify({ log, stream, time: '2026-01-01T00:00:00.5Z' })}\n`;
    const log =
      record('whole\n') +
      record(`torn ${VALUE.slice(0, 9)}`) +
      record('between\n', 'stderr') +
      record(`${VALUE.slice(9)} end\n`) +
      record('last\n');
    const { bytes } = await cleaned(made(), 'c-json.log', Buffer.from(log));
    const texts = bytes
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).log);
    // Each record stays, for its time: what went into the first part of the torn one is empty now.
    expect(texts).toHaveLength(5);
    expect(texts).toContain('');
    expect(texts.join('')).not.toContain(VALUE.slice(9));
    expect(texts.join('')).toMatch(/^whole\ntorn \S+ end\nbetween\nlast\n$/);
  });

  test.each(['le', 'be'] as const)(
    'UTF-16 %s is cleaned and stays what it is, with a mark and without',
    async (wide) => {
      for (const mark of ['\ufeff', '']) {
        const text = `${mark}Grüße ${VALUE}\r\nnext line\r\n`;
        const bytes = Buffer.from(text, 'utf16le');
        const { bytes: out } = await cleaned(made(), 'a.txt', wide === 'be' ? bytes.swap16() : bytes);
        const said = (wide === 'be' ? Buffer.from(out).swap16() : out).toString('utf16le');
        expect(said).toMatch(/^\ufeff?Grüße \S+\r\nnext line\r\n$/);
        expect(said.startsWith(mark)).toBe(true);
        expect(said).not.toContain(VALUE);
      }
    },
  );

  test('colours within words hide no value', async () => {
    const { bytes } = await cleaned(
      made(),
      'a.log',
      Buffer.from(`\x1b[1mpassword\x1b[0m: \x1b[33m3Z1bFnhTWJk5usky46xwV\x1b[0m\n`),
    );
    expect(bytes.toString()).not.toContain('3Z1bFnhTWJk5usky46xwV');
  });

  test('bad UTF-8 passes as it is', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0x80, 0xfe, 0xff]),
      Buffer.from(` text ${VALUE} and more text\n`),
      Buffer.from([0xc3, 0x28, 10]),
    ]);
    const { bytes: out } = await cleaned(made(), 'a.bin', bytes);
    expect(out.subarray(0, 3)).toEqual(bytes.subarray(0, 3));
    expect(out.subarray(-3)).toEqual(bytes.subarray(-3));
    expect(out.includes(VALUE)).toBe(false);
  });

  test.each([
    ['a core dump', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(2000)]), 'core dump'],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]), 'zstd'],
    ['random bytes', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919 + (at >> 3)) % 32)), 'binary'],
  ])('%s is not let through', async (_, bytes, why) => {
    await expect(cleaned(made(), 'x', bytes)).rejects.toThrow(why);
  });
});

describe('archives within', () => {
  const zipped = async (files: Record<string, Uint8Array>): Promise<Buffer> => {
    const sink = memorySink(2 ** 26);
    const writer = zipWriter(sink);
    for (const [path, bytes] of Object.entries(files)) await writer.add(path, [{ bytes }]);
    await writer.end();
    return Buffer.concat(sink.pieces());
  };

  test('a gz is opened, cleaned and packed again', async () => {
    const { bytes } = await cleaned(made(), 'a.log.gz', gzipSync(`before ${VALUE} after\n`));
    expect(gunzipSync(bytes).toString()).toMatch(/^before \S+ after\n$/);
    expect(gunzipSync(bytes).includes(VALUE)).toBe(false);
  });

  test('a zip in a zip is cleaned; what cannot be is a sentence under its name', async () => {
    const inner = await zipped({ 'in.log': Buffer.from(`deep ${VALUE}\n`), 'core.1': Buffer.from('\x7fELF') });
    const { bytes } = await cleaned(made(), 'a.zip', await zipped({ 'inner.zip': inner }));
    const texts: Record<string, string> = {};
    for await (const member of readArchive(bytes)) {
      const packed: Uint8Array[] = [];
      for await (const piece of member.read()) packed.push(piece);
      for await (const deep of readArchive(Buffer.concat(packed))) {
        const pieces: Uint8Array[] = [];
        for await (const piece of deep.read()) pieces.push(piece);
        texts[deep.path] = Buffer.concat(pieces).toString();
      }
    }
    expect(texts['in.log']).toMatch(/^deep \[password-\w+\]\n$/);
    expect(texts['core.1']).toBe('This file was left out: it is a program or a core dump.\n');
  });

  test('a bomb and a cut gz are not let through', async () => {
    await expect(cleaned(made(), 'b.gz', gzipSync(Buffer.alloc(120 * 2 ** 20)))).rejects.toThrow();
    const noise = Buffer.from(Array.from({ length: 60_000 }, (_, at) => 97 + ((at * 7919) % 26)));
    await expect(cleaned(made(), 'c.gz', gzipSync(noise).subarray(0, -20))).rejects.toThrow();
  });
});

describe('a fault', () => {
  const log = Buffer.from(plain(60_000));

  test.each([1, 2, 3])('in call %i is the end of that file, and of no other', async (nth) => {
    let calls = 0;
    const one = made({
      fault: () => {
        calls += 1;
        if (calls === nth) throw new Error('as wanted');
      },
    });
    await expect(cleaned(one, 'a.log', log)).rejects.toThrow('as wanted');
    expect((await cleaned(one, 'b.log', log)).bytes.equals(log)).toBe(true);
  });

  const program = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  test.each([
    ['dies', 'process.exit(3)', 'ended'],
    ['throws', 'throw new Error("x")', 'broke down'],
    ['hangs', 'for(;;);', 'within 0.3 s'],
  ])('a worker that %s gives the file up, and nothing hangs', async (_, act, why) => {
    const code = `import{parentPort}from'node:worker_threads';parentPort.on('message',()=>{${act}})`;
    await expect(cleaned(made({ workers: 2, program: program(code), mostTime: 300 }), 'a.log', log)).rejects.toThrow(
      why,
    );
  });
});

describe('memory', () => {
  test('blocks of long lines are under way one by one, however many workers there are', async () => {
    let made = 0;
    let came = 0;
    let most = 0;
    const one = cleaner(terms, {
      workers: 2,
      fault: () => {
        made += 1;
        most = Math.max(most, made - came);
      },
    });
    open.push(one);
    const line = Buffer.from(`${'g'.repeat(2_000_000)}\n`);
    const log = async function* () {
      for (let at = 0; at < 8; at += 1) yield line;
    };
    for await (const _ of one.clean('long.log', log(), 'log')) came += 1;
    expect(came).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(2);
  }, 30_000);
});
