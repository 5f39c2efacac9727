/** What a person agrees to, one by one: the rows of the consent list, the words of `--consent`. In the order of the list. */
export const PARTS = [
  'report',
  'host',
  'docker',
  'compose',
  'coreapp-logs',
  'webapp-logs',
  'crash-logs',
  'api',
  'database',
  'network',
  'journal',
  'wadebug',
] as const;
export type Part = (typeof PARTS)[number];

/** What became of a file that was planned for the bundle. Absence alone says nothing: each of these is a row. */
export const STATES = [
  'whole',
  'empty',
  /** There is more of it than the bundle holds. */
  'cut',
  /** It could not be cleaned; a stub says why. */
  'withheld',
  'absent',
  'denied',
  'timed-out',
  'failed',
  /** Left out by choice of a person. */
  'left-out',
  /** There was no room left under --max-size. */
  'no-room',
] as const;
export type State = (typeof STATES)[number];

/** Why a file is not what was planned, in one sentence. */
export type Lack = { readonly state: State; readonly reason: string };

/** A source that gives nothing. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly state: State;
  constructor(state: State, reason: string) {
    super(reason);
    this.state = state;
  }
}

/** The raw bytes of one file. They go to the redactor and nowhere else. */
export type Reading = {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** After the last chunk: what is lacking; null where it is whole. */
  readonly lacks: () => Lack | null;
};

/** One file that a bundle may hold, and the way to its raw bytes. Nothing is touched before `open`. */
export type Source = {
  /** In the archive, relative, with `/`; the redactor cleans it: `app/coreapp/wacore-1/container.log`. */
  readonly path: string;
  readonly part: Part;
  /** What fetches it: `docker logs`, `docker inspect`, `GET /v1/health`, `file`, `WADebug`. */
  readonly collector: string;
  /** Where it comes from, in words: `newest 3 h of the log of wacore-1`. */
  readonly origin: string;
  readonly form: 'json' | 'yaml' | 'env' | 'log' | 'text' | 'auto';
  /** Raw size as far as it is known beforehand, bytes. */
  readonly estimate: number | null;
  /** Lower goes in first: 0 what every bundle has, 1 facts, 2 the time of the incident, 3 errors, 4 the rest. */
  readonly priority: 0 | 1 | 2 | 3 | 4;
  /** Whether secrets of this host are learnt from it before anything is written. */
  readonly teaches: boolean;
  readonly open: (signal: AbortSignal) => Promise<Reading>;
};

/** What is collected of logs. Times are ms since 1970. */
export type LogWindow = {
  readonly since: number;
  readonly until: number;
  /** Newest bytes of a file that are taken, raw. */
  readonly most: number;
};
