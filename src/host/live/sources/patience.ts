import { SourceError } from '../../source.ts';

/** What waiting costs nothing, of one answer, ms. */
const FREE = 300;

/**
 * How long a collection waits for one party in all (the Engine, foreign file systems, programs), ms: a party that keeps many
 * questions waiting is asked no more, so that a silent world ends soon. Answers that come at once cost nothing.
 */
export type Patience = {
  /** Waits for one answer, no longer than `mostMs`; rejects with a SourceError (timed-out) when the patience is used up. */
  readonly wait: <T>(mostMs: number, work: (ms: number) => Promise<T>) => Promise<T>;
  /** Takes time that was spent for little, ms. */
  readonly spend: (ms: number) => void;
};

export const patience = (party: string, totalMs: number): Patience => {
  let spent = 0;
  const left = () => Math.max(totalMs - spent, 0);
  return {
    spend: (ms) => {
      spent += ms;
    },
    wait: async (mostMs, work) => {
      if (left() < 1) {
        const waited = `${party} kept other questions waiting for ${totalMs / 1000} s in all`;
        throw new SourceError('timed-out', `it was not asked for: ${waited}`);
      }
      const from = performance.now();
      const { value } = await work(Math.min(mostMs, left())).then(
        (found) => ({ value: found }),
        (error: unknown) => {
          spent += performance.now() - from;
          throw error;
        },
      );
      spent += Math.max(performance.now() - from - FREE, 0);
      return value;
    },
  };
};

/** The patience of one collection with each party, for each kind of question: in all, less than a minute. */
export const allPatience = () => ({
  /** Where the containers' files are, before anything is opened. */
  looking: patience('the Docker Engine', 6000),
  engine: patience('the Docker Engine', 8000),
  /** Logs are what is wanted most: no other question costs them their time. */
  logs: patience('the Docker Engine', 14_000),
  files: patience('the file systems of this host', 6000),
  /** Mounts of which nothing is read but their size: one that hangs costs no file its time. */
  sizes: patience('the file systems of this host', 3000),
  programs: patience('programs of this host', 8000),
  wadebug: patience('WADebug', 12_000),
});
export type AllPatience = ReturnType<typeof allPatience>;
