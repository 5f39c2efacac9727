import { TOOL } from '../tool.ts';
import { readCompiled } from './compiled.ts';

// What answers in a blink is told before anything else is loaded.
const [first] = process.argv.slice(2);
if (process.argv.length === 3 && (first === '--version' || first === '-V')) process.stdout.write(`${TOOL.version}\n`);
else {
  readCompiled(import.meta.url);
  if (first === '__runner') await import('./runner.ts').then(({ runRunner }) => runRunner());
  else await import('./main.ts').then(({ main }) => main(process.argv.slice(2)));
}
