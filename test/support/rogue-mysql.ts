import type { Peer } from './rogue.ts';

const SSL = 0x800;
const USUAL = 0x1 | 0x4 | 0x8 | 0x80 | 0x200 | 0x2000 | 0x8000 | 0x80000 | 0x100000 | 0x200000;

/** A packet of MySQL's protocol. */
const packet = (sequence: number, payload: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, payload]);
};

/** What a server says first. */
export const greeting = (
  options: { version?: string; plugin?: string; tls?: boolean; protocol?: number } = {},
): Buffer => {
  const { version = '8.0.36', plugin = 'mysql_native_password', tls = false, protocol = 10 } = options;
  const flags = USUAL | (tls ? SSL : 0);
  const payload = Buffer.concat([
    Buffer.from([protocol]),
    Buffer.from(`${version}\0`),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('12345678\0'),
    Buffer.from([flags & 0xff, (flags >> 8) & 0xff, 33, 2, 0, (flags >> 16) & 0xff, (flags >> 24) & 0xff, 21]),
    Buffer.alloc(10),
    Buffer.from(`901234567890\0${plugin}\0`),
  ]);
  return packet(0, payload);
};

const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const EOF = Buffer.from([0xfe, 0, 0, 2, 0]);
const text = (words: string): Buffer => Buffer.concat([Buffer.from([words.length]), Buffer.from(words)]);

export const error = (sequence: number, number: number, words: string): Buffer => {
  const head = Buffer.from([0xff, number & 0xff, number >> 8]);
  return packet(sequence, Buffer.concat([head, Buffer.from(`#HY000${words}`)]));
};

const column = (name: string): Buffer =>
  Buffer.concat([
    ...['def', '', '', '', name, name].map(text),
    Buffer.from([12, 33, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0]),
  ]);

const row = (value: string): Buffer => text(value);

/** Greets and lets in; answers commands in order, and each `SET` with yes. */
const lettingIn = (answer: (peer: Peer, statement: string) => unknown) => async (peer: Peer) => {
  peer.say(greeting());
  await peer.next();
  peer.say(packet(2, OK));
  for (;;) {
    const statement = (await peer.next()).toString('latin1', 5);
    if (statement.startsWith('SET')) peer.say(packet(1, OK));
    else await answer(peer, statement);
  }
};

/** Greets, and answers the login. */
const onLogin = (answer: (peer: Peer) => unknown) => async (peer: Peer) => {
  peer.say(greeting());
  await peer.next();
  await answer(peer);
};

const heads = (name = '1') => [packet(1, Buffer.from([1])), packet(2, column(name)), packet(3, EOF)];
const MIB = Buffer.alloc(1 << 20, 65);

/** Lets in, answers the first question as it should be, and then each other one like this. */
export const mysqlThen = (answer: (peer: Peer) => unknown) =>
  lettingIn((peer, statement) =>
    statement === 'SELECT 1'
      ? peer.say(Buffer.concat([...heads(), packet(4, row('1')), packet(5, EOF)]))
      : answer(peer),
  );

/** Rows without end, in their order. */
export const endlessRows = async ({ say, flood }: Peer): Promise<void> => {
  say(Buffer.concat(heads()));
  await flood(Buffer.concat(Array.from({ length: 256 }, (_, at) => packet((at + 4) % 256, row('x')))));
};

/** Ways to misbehave. */
export const ROGUE_MYSQL = {
  silent: () => {},
  closes: ({ socket }) => socket.end(),
  'half a greeting': ({ say }) => say(greeting().subarray(0, 20)),
  'a greeting by drops': ({ drip }) => drip(greeting(), 1000),
  'random bytes': ({ flood }) => flood(Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7 + 13) % 251))),
  'a greeting without end': async ({ say, flood }) => {
    say(Buffer.from([0xff, 0xff, 0xff, 0, 10]));
    await flood(MIB);
  },
  'protocol 9': ({ say }) => say(greeting({ protocol: 9 })),
  'a greeting that lies': ({ say }) => say(packet(0, Buffer.from([10, 56, 46, 48, 0, 1]))),
  'a second packet at once': ({ say }) => say(Buffer.concat([greeting(), packet(2, OK)])),
  'too many connections': ({ say }) => say(error(0, 1040, 'Too many connections').subarray()),
  'blocked host': ({ say }) => say(error(0, 1129, "Host 'me' is blocked because of many connection errors")),
  'an HTTP server': async ({ next, say, socket }) => {
    await next();
    say(Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
    socket.end();
  },
  'a mail server': ({ say }) => say(Buffer.from('220 mail.example ESMTP\r\n')),
  'a PostgreSQL server': async ({ next, say }) => {
    await next();
    say(Buffer.from('N'));
  },
  'TLS that never begins': ({ say }) => say(greeting({ tls: true })),
  'TLS of nonsense': async ({ say, next }) => {
    say(greeting({ tls: true }));
    await next();
    say(Buffer.from('this is not what TLS looks like at all'));
  },
  'a silent login': onLogin(() => {}),
  'a login that is cut off': onLogin(({ socket }) => socket.end()),
  'cleartext password': onLogin(({ say }) => say(packet(2, Buffer.from('\xfemysql_clear_password\0', 'latin1')))),
  'old password': onLogin(({ say }) => say(packet(2, Buffer.from([0xfe])))),
  'unknown plugin': onLogin(({ say }) =>
    say(packet(2, Buffer.from('\xfeauthentication_kerberos_client\0x\0', 'latin1'))),
  ),
  'a login without end': onLogin(({ flood }) =>
    flood(packet(2, Buffer.concat([Buffer.from([1]), MIB.subarray(0, 60_000)]))),
  ),
  'wrong sequence': onLogin(({ say }) => say(packet(77, OK))),
  'a nonsense login': onLogin(({ say }) => say(packet(2, Buffer.from([0x42, 1, 2, 3])))),
  'TLS wanted': onLogin(({ say }) => say(error(2, 3159, 'Connections using insecure transport are prohibited'))),
  'password said back': onLogin(({ say }) =>
    say(error(2, 1045, 'Access denied, \x1b]52;c;aGFjaw==\x07 password was S3cr3t!x')),
  ),
  'a silent query': lettingIn(() => {}),
  'local infile': lettingIn(async ({ say, next }) => {
    say(packet(1, Buffer.from('\xfb/etc/hostname', 'latin1')));
    const sent = await next();
    say(packet(((sent[3] ?? 0) + 1) % 256, OK));
  }),
  'a huge packet': lettingIn(async ({ say, flood }) => {
    say(Buffer.from([0xff, 0xff, 0xff, 1]));
    await flood(MIB);
  }),
  'endless columns': lettingIn(async ({ say, flood }) => {
    say(packet(1, Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0])));
    await flood(Buffer.concat(Array.from({ length: 254 }, (_, at) => packet((at + 2) % 256, column('c')))));
  }),
  'endless rows': lettingIn(endlessRows),
  'rows by drops': lettingIn(async ({ say, drip }) => {
    say(Buffer.concat(heads()));
    await drip(Buffer.concat(Array.from({ length: 20 }, (_, at) => packet(at + 4, row('x')))), 500);
  }),
  'names of code': lettingIn(({ say }) =>
    say(Buffer.concat([...heads("';process.exit(7);//"), packet(4, row('1')), packet(5, EOF)])),
  ),
  'a refused query': lettingIn(({ say }) => say(error(1, 1142, 'SELECT command denied, S3cr3t!x'))),
} satisfies Record<string, (peer: Peer) => unknown>;
