/** How text is shown: colour escapes or none, ASCII symbols or Unicode ones, columns to wrap at, all details or the usual. */
export type Look = {
  readonly color: boolean;
  readonly ascii: boolean;
  readonly width: number;
  readonly verbose: boolean;
};
