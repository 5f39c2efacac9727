/** What the scanner knows of an object or array of JSON that it is in. */
export type Frame = {
  readonly array: boolean;
  /** The key behind which it stands. */
  readonly name: string;
  /** The key that is open in an object. */
  key: string;
  /** What `name`, `key` or `header` beside a `value` said. */
  said: string;
  /** In an array, the string before. */
  before: string;
  /** In an array, the command that its words belong to. */
  command: string;
};

/** Deepest nesting that is followed. */
export const DEEPEST = 400;

export const frameOf = (array: boolean, name: string): Frame => ({
  array,
  name,
  key: '',
  said: '',
  before: '',
  command: '',
});

/** The name of the value that comes now, and of what holds it: an element of an array has its array's. */
export const namesOf = (frames: readonly Frame[]): { readonly name: string; readonly parent: string } => {
  const at = frames.length - 1;
  const frame = frames[at];
  if (!frame) return { name: '', parent: '' };
  const holder = (from: number): string => {
    for (let back = from; back >= 0; back -= 1) if (!frames[back]?.array) return frames[back]?.name ?? '';
    return '';
  };
  if (frame.array) return { name: frame.name, parent: holder(at - 1) };
  return {
    name: /^value$|^content$|^val$/i.test(frame.key) && frame.said !== '' ? frame.said : frame.key,
    parent: frame.name,
  };
};
