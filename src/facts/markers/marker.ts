/**
 * fatal: it does not work until somebody acts. trouble: something failed, and may again. passing: normal for some minutes after
 * a start or a reconnect.
 */
type Severity = 'fatal' | 'trouble' | 'passing';

export type Marker = {
  readonly name: string;
  /** What it is, as people call it. */
  readonly title: string;
  /** In lower case: a line has it that holds all texts of one of these. */
  readonly any: readonly (readonly string[])[];
  /** Error codes of the API that mean the same, as they stand behind "code". */
  readonly codes?: readonly number[];
  /** Of one family a line has only the first. */
  readonly family?: 'sql';
  readonly severity: Severity;
  readonly cause: string;
  readonly remedy: string;
};
