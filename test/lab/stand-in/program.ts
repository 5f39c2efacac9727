import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CONTROL_FOLDER, type Control, folderControl } from './control.ts';

// What the stand-in's programs have in common: a log, a beginning and an end.

/** How soon a change of behaviour is taken over, ms. */
const TICK_MS = 40;
const DATABASE_PATIENCE_MS = 1000;

/** A line of the container's log, in UTC as the client writes it. */
export const log = (line: string): void => {
  process.stdout.write(`${new Date().toISOString().replace('T', ' ').replace('Z', '')} [stand-in] ${line}\n`);
};

/** Follows the control folder: `change` is called with each new behaviour, and taken over when it is done. */
export const followed = (service: string, change: (control: Control) => void): Control => {
  const control = folderControl(CONTROL_FOLDER, service);
  let taken = -1;
  const tick = () => {
    const { revision } = control.behaviour();
    if (revision === taken) return;
    taken = revision;
    change(control);
    control.taken(revision);
  };
  tick();
  setInterval(tick, TICK_MS);
  return control;
};

/** Ends the program when Docker says so, with the code that is wanted at that time. */
export const endsOn = (code: () => number): void => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(code()));
};

const reached = (host: string, port: number): Promise<string | null> =>
  new Promise((done) => {
    const socket = connect({ host, port, timeout: DATABASE_PATIENCE_MS }, () => end(null));
    const end = (why: string | null) => {
      socket.destroy();
      done(why);
    };
    socket.on('timeout', () => end('no answer')).on('error', (error) => end(error.message));
  });

/** What wait_on_mysql.sh and wait_on_postgres.sh are for: waits until the port of the database takes a connection. */
export const databaseThere = async (): Promise<void> => {
  const { WA_DB_HOSTNAME: host, WA_DB_PORT: port } = process.env;
  if (!host || !port || process.env['STAND_IN_NO_DATABASE']) return log('there is no database to wait for');
  for (;;) {
    const why = await reached(host, Number(port));
    if (why === null) return log(`the database at ${host}:${port} takes connections`);
    log(`waiting for the database at ${host}:${port}: ${why}`);
    await pause(500);
  }
};
