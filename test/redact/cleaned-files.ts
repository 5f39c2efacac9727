import { HEAD, kindOf } from '../../src/redact/forms.ts';
import { learnFrom } from '../../src/redact/learn.ts';
import { redactorOf } from '../../src/redact/redactor.ts';
import { widened } from '../../src/redact/wide.ts';

const textOf = (path: string, bytes: Buffer) => {
  const kind = kindOf(path, bytes.subarray(0, HEAD));
  if (kind.kind !== 'text') return null;
  const narrow = kind.wide ? Buffer.from(new TextDecoder(`utf-16${kind.wide}`).decode(bytes)) : bytes;
  return { ...kind, narrow };
};

/** Files as they leave in a bundle: learnt from all of them first, then cleaned, names too. */
export const cleanedFiles = async (
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> => {
  const all = [...files].map(([path, bytes]) => [path, Buffer.from(bytes)] as const);
  const literals = all.flatMap(([path, bytes]) => {
    const text = textOf(path, bytes);
    return text ? learnFrom(text.narrow.toString('latin1'), text.form) : [];
  });
  const redactor = redactorOf({ key: new Uint8Array(32).fill(5), literals, own: [], keepNetwork: false });
  return new Map(
    all.map(([path, bytes]) => {
      const text = textOf(path, bytes);
      if (!text) return [redactor.name(path), bytes] as const;
      const { bytes: clean } = redactor.block(text.narrow, text.form);
      return [redactor.name(path), text.wide ? widened(Buffer.from(clean), text.wide) : clean] as const;
    }),
  );
};
