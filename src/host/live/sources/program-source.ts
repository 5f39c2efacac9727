import type { Source } from '../../source.ts';
import { SourceError } from '../../source.ts';
import type { Patience } from './patience.ts';
import { type Printed, type Program, runProgram } from './program.ts';
import { type Planned, readingOf, sourceOf } from './source-of.ts';

/** Programs of systemd where there is none. */
const NOT_HERE = /not been booted with systemd|failed to connect to bus|no journal files were found/i;
const DENIED = /permission denied|not permitted|must be root|you need to be root|insufficient permissions/i;

/** Why what a program printed is nothing, where it is. */
const nothingIn = (name: string, { text, exitCode, said }: Printed): SourceError | null => {
  if (exitCode === 0 || text.length > 0) return null;
  const words = said.replace(/\s+/g, ' ').slice(0, 300);
  const reason = `${name} ended with exit code ${exitCode}${words ? `: ${words}` : ''}`;
  const state = DENIED.test(said) ? 'denied' : NOT_HERE.test(said) ? 'absent' : 'failed';
  return new SourceError(state, reason);
};

/** What the first of several programs that gives anything prints; the reasons of all where none does. */
export const programSource = (
  planned: Omit<Planned, 'collector'>,
  programs: readonly Program[],
  patience: Patience,
): Source => {
  const collector = programs
    .map(({ name, args }) => [name, ...args].join(' '))
    .join(', else ')
    .slice(0, 200);
  return sourceOf({ ...planned, collector }, async (signal) => {
    const refusals: SourceError[] = [];
    for (const program of programs)
      try {
        const printed = await runProgram(program, patience, signal);
        const refusal = nothingIn(program.name, printed);
        if (refusal === null) return readingOf(printed.text, printed.lack);
        refusals.push(refusal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SourceError)) throw error;
        refusals.push(error);
      }
    const worst = refusals.find(({ state }) => state !== 'absent') ?? refusals[0];
    throw new SourceError(worst?.state ?? 'absent', refusals.map(({ message }) => message).join('; '));
  });
};
