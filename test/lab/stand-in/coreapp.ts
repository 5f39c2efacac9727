// The stand-in for a Coreapp, or a master: listens where one does, tells the stand-in's Webapp of itself, and does nothing else.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Process } from './behaviour.ts';
import type { Control } from './control.ts';
import { SECRET_HEADER, secretSign } from './coreapp-link.ts';
import { CONTROL_PORT, COREAPP_PORTS } from './deployment.ts';
import { FREE_BYTES } from './facts.ts';
import { databaseThere, endsOn, followed, log } from './program.ts';

const service = process.env['COREAPP_HOSTNAME'] ?? 'wacore';
const LOGS = '/usr/local/waent/logs';
const CRASH_LOG = `${LOGS}/wa-service-5f3a9c1e-crash.log`;

const processOf = (control: Control): Process => control.behaviour().processes[service] ?? {};
let own: Process = {};

const control = createHttpServer((request, response) => {
  if (own.hangs) return;
  if (request.headers[SECRET_HEADER] !== secretSign()) {
    log('a message could not be decrypted');
    response.writeHead(401).end();
    return;
  }
  const env = Object.entries(process.env).flatMap(([name, value]) => (/^WA_/.test(name) ? [`${name}=${value}`] : []));
  response.end(JSON.stringify({ env, freeBytes: FREE_BYTES }));
});
// Whoever only tries the port may be gone by then.
const swallow = (socket: Socket): void => {
  socket.on('error', () => undefined).resume();
};
const servers = new Map<number, Server | HttpServer>(
  COREAPP_PORTS.map((port) => [port, port === CONTROL_PORT ? control : createServer(swallow)]),
);

const listen = (closed: readonly number[]): void => {
  for (const [port, server] of servers) {
    if (closed.includes(port) && server.listening) {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    } else if (!closed.includes(port) && !server.listening) server.listen(port);
  }
};

const crashLog = (wanted: boolean): void => {
  if (wanted) writeFileSync(CRASH_LOG, 'stand-in: an invented crash, signal 11\n');
  else if (existsSync(CRASH_LOG)) rmSync(CRASH_LOG);
};

/** Until the kernel ends it: pages that are written count, those that are only asked for do not. */
const eatMemory = (): never => {
  const eaten: Buffer[] = [];
  for (;;) eaten.push(Buffer.alloc(4 << 20, eaten.length + 1));
};

let ready = false;
let logged = '';
const change = (told: Control): void => {
  own = processOf(told);
  crashLog(own.crashLog ?? false);
  const lines = own.logs ?? [];
  if (lines.join('\n') !== logged) for (const line of lines) log(line);
  logged = lines.join('\n');
  if (ready) listen(own.closedPorts ?? []);
};

mkdirSync(LOGS, { recursive: true });
endsOn(() => own.exitAtStop ?? 0);
log(`stand-in for ${process.env['WA_MASTER_NODE'] ? 'a master' : 'a Coreapp'}, ${process.argv.slice(2).join(' ')}`);
const told = followed(service, change);
if (own.exitAtStart !== undefined) {
  log(`ends with ${own.exitAtStart}, as it was told to`);
  process.exit(own.exitAtStart);
}
if (own.eatsMemory) eatMemory();
await databaseThere();
ready = true;
listen(own.closedPorts ?? []);
told.ready();
log(`listening on ${COREAPP_PORTS.join(', ')}`);
