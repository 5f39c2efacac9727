// npm run lab: see words.ts.
import { parseArgs } from 'node:util';
import { down, fault, refuseForeignFolder, run, status, up } from './commands.ts';
import { NoLab } from './engine.ts';
import { NoSuchFault } from './faults.ts';
import { DATABASES, type Wish } from './services.ts';
import { TOPOLOGIES } from './stand-in/deployment.ts';
import { faultList, USAGE } from './words.ts';

const say = (text: string): void => {
  process.stdout.write(text);
};

const oneOf = <Value extends string>(option: string, value: string, values: readonly Value[]): Value => {
  const found = values.find((each) => each === value);
  if (!found) throw new NoLab(`${option} is one of ${values.join(', ')}, not "${value}".`);
  return found;
};

const portOf = (value: string): number => {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new NoLab(`--port is a port, not "${value}".`);
  return port;
};

const OPTIONS = {
  topology: { type: 'string' },
  database: { type: 'string' },
  network: { type: 'string' },
  publish: { type: 'string' },
  port: { type: 'string' },
  fault: { type: 'string', multiple: true },
} as const;

const upOptions = (args: readonly string[]) => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false });
  const { topology, database, network, publish, port, fault: faults = [] } = values;
  const wish: Partial<Wish> = {
    ...(topology !== undefined && { topology: oneOf('--topology', topology, TOPOLOGIES) }),
    ...(database !== undefined && { database: oneOf('--database', database, DATABASES) }),
    ...(network !== undefined && { network: oneOf('--network', network, ['user', 'bridge']) }),
    ...(publish !== undefined && {
      address: oneOf('--publish', publish, ['local', 'all']) === 'all' ? '0.0.0.0' : '127.0.0.1',
    }),
    ...(port !== undefined && { port: portOf(port) }),
  };
  return { ...wish, faults };
};

/** Stopped on its way up, a lab leaves nothing either: it fails at its next step, and what fails is removed. */
const stopped = new AbortController();
const stopCleanly = (): void => {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(codes)) process.on(signal, () => stopped.abort(code));
};

const act = async ([command = 'up', ...rest]: readonly string[]): Promise<number> => {
  refuseForeignFolder();
  if (command === 'up' || command.startsWith('--')) {
    const options = upOptions(command === 'up' ? rest : [command, ...rest]);
    stopCleanly();
    await up(options, say, stopped.signal);
  } else if (command === 'down') await down(say);
  else if (command === 'status') await status(say);
  else if (command === 'fault' && rest.length > 0) await fault(rest, say);
  else if (command === 'faults') say(faultList());
  else if (command === 'run') return run(rest);
  else {
    process.stderr.write(USAGE);
    return command === 'help' ? 0 : 2;
  }
  return 0;
};

const isWrongCall = (error: unknown): boolean =>
  error instanceof NoLab ||
  error instanceof NoSuchFault ||
  String((error as NodeJS.ErrnoException)?.code).startsWith('ERR_PARSE_ARGS');

act(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (stopped.signal.aborted) process.exit(stopped.signal.reason);
    process.stderr.write(`lab: ${error instanceof Error ? error.message : error}\n`);
    process.exit(isWrongCall(error) ? 2 : 1);
  },
);
