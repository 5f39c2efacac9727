import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { type Connection, createServer } from 'mysql2';
import { answered, type StandIn } from './mysql-stand-in-answers.ts';

/** A stand-in for a MySQL server: it speaks the protocol and has canned answers. It proves how answers are read, never compatibility. */
export type MysqlStandIn = {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The statements that it was sent, in their order. */
  readonly statements: () => readonly string[];
  readonly stop: () => Promise<void>;
};

// Everything but COMPRESS, SSL, and the two that tell results apart in a way the library's server does not write.
const CAPABILITIES = 0x00ff_ffff & ~0x20 & ~0x800 & ~0x100_0000;
const LATIN = 33;
const VAR_STRING = 253;

/** What of mysql2's side of a server its types do not name. */
type Peer = Connection & {
  sequenceId: number;
  stream: Pick<Socket, 'destroy' | 'write'>;
  serverHandshake: (greeting: object) => void;
  writeOk: () => void;
  writeError: (told: { code: number; message: string }) => void;
  writeTextResult: (rows: readonly object[], columns: readonly object[], binary: boolean) => void;
};

const column = (name: string) => ({
  ...{ catalog: 'def', schema: '', table: '', orgTable: '', name, orgName: name, characterSet: LATIN },
  ...{ columnLength: 1024, columnType: VAR_STRING, flags: 0, decimals: 0 },
});

const packet = (sequence: number, ...body: readonly number[]): Buffer =>
  Buffer.from([body.length, 0, 0, sequence, ...body]);

/** What a server says to a statement that it prepared: its number and that of its parameters, each described, then the end. */
const preparation = (id: number, parameters: number): Buffer => {
  const text = [3, ...Buffer.from('def'), 0, 0, 0, 1, ...Buffer.from('?'), 0, 12, LATIN, 0, 0, 1, 0, 0];
  const parameter = [...text, VAR_STRING, 0, 0, 0, 0, 0];
  const described = Array.from({ length: parameters }, (_, at) => packet(2 + at, ...parameter));
  const end = parameters > 0 ? [packet(2 + parameters, 0xfe, 0, 0, 2, 0)] : [];
  return Buffer.concat([packet(1, 0, id, 0, 0, 0, 0, 0, parameters, 0, 0, 0, 0), ...described, ...end]);
};

/** Starts a stand-in for a MySQL server that announces this version. */
export const startMysqlStandIn = async (options: StandIn): Promise<MysqlStandIn> => {
  const statements: string[] = [];
  const peers = new Set<Peer>();
  const server = createServer((connection) => {
    const peer = connection as unknown as Peer;
    peers.add(peer);
    peer.on('error', () => undefined);
    peer.on('end', () => peers.delete(peer));
    // The library's server keeps no count of packets of its own: a command begins at 0, its answer at 1.
    const reply = (write: () => void) => {
      peer.sequenceId = 1;
      write();
      peer.sequenceId = 0;
    };
    const query = (text: string, binary = false) => {
      const statement = text.trim();
      statements.push(statement);
      const answer = answered(statement, options);
      reply(() => {
        if (answer === null) peer.writeOk();
        else if ('code' in answer) peer.writeError(answer);
        else peer.writeTextResult(answer, Object.keys(answer[0] ?? { nothing: null }).map(column), binary);
      });
    };
    peer.on('query', (text: string) => query(text));
    const prepared: string[] = [];
    peer.on('stmt_prepare', (text: string) => {
      // It takes SET for a statement to be prepared.
      if (/^set\b/i.test(text)) return query(text);
      peer.stream.write(preparation(prepared.push(text), text.split('?').length - 1));
      peer.sequenceId = 0;
    });
    peer.on('stmt_execute', (id: number) => query(prepared[id - 1] ?? '', true));
    // What it does not know, such as the end of a prepared statement, wants no answer.
    peer.on('packet', (_packet: object, known: boolean) => {
      if (!known) peer.sequenceId = 0;
    });
    for (const event of ['ping', 'init_db']) peer.on(event, () => reply(() => peer.writeOk()));
    peer.serverHandshake({
      protocolVersion: 10,
      serverVersion: options.version,
      connectionId: 7,
      statusFlags: 2,
      characterSet: LATIN,
      capabilityFlags: CAPABILITIES,
      authCallback: (_login: object, done: (failed: null, refusal?: object) => void) => {
        done(null, options.refuse);
        peer.sequenceId = 0;
      },
    });
  });
  // Its own listen() does not tell the address.
  const inner = (server as unknown as { _server: Server })._server.listen(0, '127.0.0.1');
  await once(inner, 'listening');
  return {
    host: '127.0.0.1',
    port: (inner.address() as AddressInfo).port,
    statements: () => [...statements],
    stop: async () => {
      for (const peer of peers) peer.stream.destroy();
      await new Promise<void>((done) => inner.close(() => done()));
    },
  };
};
