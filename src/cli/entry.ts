import { TOOL } from '../tool.ts';
import { readCompiled } from './compiled.ts';
import { errorDocument, wantsJson } from './error-document.ts';
import { onSignals } from './signals.ts';

// What answers in a blink is told before anything else is loaded.
const argv = process.argv.slice(2);
const [first] = argv;
const answer = async (): Promise<void> => (await import('./main.ts')).main(argv);

/** Until a run listens for itself, a signal ends this with its code, and with --json with a document. */
const endOnSignals = (): void => {
  onSignals(({ by, exitCode }) => {
    if (wantsJson(argv)) process.stdout.write(errorDocument('stopped', `stopped by ${by} before the run began`));
    process.exit(exitCode);
  });
};

if (argv.length === 1 && (first === '--version' || first === '-V')) {
  // Where it cannot be written, it is said as for all else.
  process.stdout.once('error', answer);
  process.stdout.write(`${TOOL.version}\n`);
} else {
  readCompiled(import.meta.url);
  if (first === '__runner') await import('./runner.ts').then(({ runRunner }) => runRunner());
  else {
    endOnSignals();
    await answer();
  }
}
