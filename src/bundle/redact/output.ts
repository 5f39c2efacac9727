import { crc32 } from 'node:zlib';
import type { Block, Sink, Writer } from '../../archive/archive.ts';
import { LAST_BLOCK, packedBlock } from '../../archive/deflate.ts';
import { oneLine } from '../../printable.ts';
import { UsageError } from '../../usage-error.ts';
import type { Input } from './item.ts';

/** The form of what is written: an archive, or one file, packed or as it is. */
export type Form = 'zip' | 'tar.gz' | 'tar' | 'gz' | 'plain';

/** Takes the clean files, one after the other. */
export type Packer = Pick<Writer, 'end'> & {
  readonly add: (path: string, blocks: AsyncIterable<Block>) => Promise<unknown>;
};

/** The form that the ending of a name asks for. One file may keep its own; several need an archive. */
export const formOf = (output: string, { kind }: Pick<Input, 'kind'>): Form => {
  if (/\.zip$/i.test(output)) return 'zip';
  if (/\.(tar\.gz|tgz)$/i.test(output)) return 'tar.gz';
  if (/\.tar$/i.test(output)) return 'tar';
  if (kind === 'folder')
    throw new UsageError(
      `--output ${oneLine(output)}: a name ending in .zip, .tar.gz, .tgz or .tar is needed for a folder`,
    );
  return /\.gz$/i.test(output) ? 'gz' : 'plain';
};

const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

const onlyOne = (output: string) => {
  let seen = 0;
  return () => {
    seen += 1;
    if (seen > 1)
      throw new UsageError(
        `--output ${oneLine(output)}: a name ending in .zip, .tar.gz, .tgz or .tar is needed for several files`,
      );
  };
};

const ended = (sink: Sink) => async () => ({ bytes: sink.size(), sha256: (await sink.digest()).digest('hex') });

const gzPacker = (sink: Sink, output: string): Packer => {
  const next = onlyOne(output);
  return {
    add: async (_, blocks) => {
      next();
      await sink.write(GZIP_HEAD);
      let [crc, bytes] = [0, 0];
      for await (const block of blocks) {
        crc = crc32(block.bytes, crc);
        bytes += block.bytes.length;
        await sink.write(await packedBlock(block, 6));
        block.release?.();
      }
      const foot = Buffer.alloc(8);
      foot.writeUInt32LE(crc, 0);
      foot.writeUInt32LE(bytes % 2 ** 32, 4);
      await sink.write(Buffer.concat([LAST_BLOCK, foot]));
    },
    end: ended(sink),
  };
};

const plainPacker = (sink: Sink, output: string): Packer => {
  const next = onlyOne(output);
  return {
    add: async (_, blocks) => {
      next();
      for await (const block of blocks) {
        await sink.write(block.bytes);
        block.release?.();
      }
    },
    end: ended(sink),
  };
};

const tarPacker = async (sink: Sink): Promise<Packer> => {
  const { TAR_BLOCK, tarHeaders } = await import('../../archive/tar-header.ts');
  return {
    add: async (path, blocks) => {
      const at = sink.size();
      await sink.write(tarHeaders(path, 0));
      const from = sink.size();
      for await (const block of blocks) {
        await sink.write(block.bytes);
        block.release?.();
      }
      const size = sink.size() - from;
      await sink.write(Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK));
      await sink.patch(at, tarHeaders(path, size));
    },
    end: async () => {
      await sink.write(Buffer.alloc(2 * TAR_BLOCK));
      return ended(sink)();
    },
  };
};

/** Writes clean files in a form into a sink. */
export const packerOf = async (form: Form, sink: Sink, output: string): Promise<Packer> => {
  if (form === 'zip') return (await import('../../archive/zip-writer.ts')).zipWriter(sink);
  if (form === 'tar.gz') return (await import('../../archive/tar-gz-writer.ts')).tarGzWriter(sink);
  if (form === 'tar') return tarPacker(sink);
  return form === 'gz' ? gzPacker(sink, output) : plainPacker(sink, output);
};
