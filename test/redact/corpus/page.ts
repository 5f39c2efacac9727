import type { Draw } from './draw.ts';
import { credentialsOf } from './page-credentials.ts';
import { harmlessOf } from './page-harmless.ts';
import { networkOf } from './page-network.ts';
import { peopleOf } from './page-people.ts';
import { type Corpus, ledger } from './planted.ts';

const pageOf = (draw: Draw, book: ReturnType<typeof ledger>, file: string) => ({
  draw,
  ...harmlessOf(draw, book, file),
  ...networkOf(draw, book, file),
  ...peopleOf(draw, book, file),
  ...credentialsOf(draw, book, file),
});

/** Plants values for one file, and gives each as the text to write. */
export type Page = ReturnType<typeof pageOf>;

/** Where a style writes its files. */
export type Desk = {
  readonly draw: Draw;
  readonly file: (path: string, write: (page: Page) => string | Uint8Array) => void;
  /** A page of a file that is put later, or whose very name holds something. */
  readonly page: (path: string) => Page;
  readonly put: (path: string, content: string | Uint8Array) => void;
};

/** One manner of writing files: its own names, formats and languages. */
export type Style = { readonly name: string; readonly write: (desk: Desk) => void };

/** Lines, each ended. */
export const lines = (...texts: readonly (string | readonly string[])[]): string => `${texts.flat().join('\n')}\n`;

/** So many of what is drawn. */
export const times = <Item>(count: number, make: (at: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** Lets each style write, each below a folder of its own. */
export const written = (styles: readonly Style[], drawOf: (style: string) => Draw, about: string): Corpus => {
  const files = new Map<string, Uint8Array>();
  const book = ledger();
  for (const style of styles) {
    const draw = drawOf(style.name);
    const put = (path: string, content: string | Uint8Array) =>
      void files.set(`${style.name}/${path}`, typeof content === 'string' ? Buffer.from(content) : content);
    const page = (path: string) => pageOf(draw, book, `${style.name}/${path}`);
    style.write({ draw, page, put, file: (path, write) => put(path, write(page(path))) });
  }
  const { secrets, decoys } = book;
  return { files, truth: { style: about, about: 'All values are made up.', files: files.size, secrets, decoys } };
};
