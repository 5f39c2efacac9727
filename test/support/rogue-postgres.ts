import type { Peer } from './rogue.ts';

/** A message of PostgreSQL's protocol. */
const message = (kind: string, body: Buffer | string = ''): Buffer => {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(kind, 0);
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
};

const code = (number: number, more = ''): Buffer => {
  const head = Buffer.alloc(4);
  head.writeInt32BE(number);
  return message('R', Buffer.concat([head, Buffer.from(more, 'latin1')]));
};

const READY = message('Z', 'I');
export const error = (state: string, words: string): Buffer => message('E', `SFATAL\0C${state}\0M${words}\0\0`);
const notice = message('N', `SNOTICE\0C00000\0M${'x'.repeat(4000)}\0\0`);
const MIB = Buffer.alloc(1 << 20, 65);

/** Says no to TLS, and answers the start of the login. */
const onStart = (answer: (peer: Peer) => unknown) => async (peer: Peer) => {
  const first = await peer.next();
  if (first.length === 8) {
    peer.say(Buffer.from('N'));
    await peer.next();
  }
  await answer(peer);
};

/** Lets in without a password; answers queries in order, and each `SET` with yes. */
const lettingIn = (answer: (peer: Peer, statement: string) => unknown, version = '13.8') =>
  onStart(async (peer) => {
    peer.say(Buffer.concat([code(0), message('S', `server_version\0${version}\0`), READY]));
    for (;;) {
      const statement = (await peer.next()).toString('latin1', 5);
      if (statement.startsWith('SET')) peer.say(Buffer.concat([message('C', 'SET\0'), READY]));
      else await answer(peer, statement);
    }
  });

const field = (name: string): Buffer => {
  const rest = Buffer.alloc(18);
  rest.writeInt32BE(25, 6);
  return Buffer.concat([Buffer.from([0, 1]), Buffer.from(`${name}\0`), rest]);
};
const row = message('D', Buffer.from([0, 1, 0, 0, 0, 1, 49]));

/** Lets in, answers the first question as it should be, and then each other one like this. */
export const postgresThen = (answer: (peer: Peer) => unknown) =>
  lettingIn((peer, statement) =>
    statement.startsWith('SELECT 1\0')
      ? peer.say(Buffer.concat([message('T', field('x')), row, message('C', 'SELECT 1\0'), READY]))
      : answer(peer),
  );

/** Rows without end. */
export const endlessRows = async ({ say, flood }: Peer): Promise<void> => {
  say(message('T', field('x')));
  await flood(Buffer.concat(Array(1000).fill(row)));
};

/** Ways to misbehave. */
export const ROGUE_POSTGRES = {
  silent: () => {},
  closes: ({ socket }) => socket.end(),
  'a MySQL server': ({ say }) =>
    say(Buffer.concat([Buffer.from([0x4a, 0, 0, 0, 10]), Buffer.from('8.0.36\0'), Buffer.alloc(66, 1)])),
  'an HTTP server': async ({ next, say, socket }) => {
    await next();
    say(Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
    socket.end();
  },
  'TLS that never begins': async ({ next, say }) => {
    await next();
    say(Buffer.from('S'));
  },
  'TLS of nonsense': async ({ next, say }) => {
    await next();
    say(Buffer.from('S'));
    await next();
    say(Buffer.from('this is not what TLS looks like at all'));
  },
  'words before TLS': async ({ next, say }) => {
    await next();
    say(Buffer.concat([Buffer.from('S'), code(0), READY]));
  },
  'a silent login': onStart(() => {}),
  'a login by drops': onStart(({ drip }) => drip(code(5, 'salt'), 1000)),
  'a login that is cut off': onStart(({ socket }) => socket.end()),
  'a login without end': onStart(({ flood }) => flood(Buffer.concat(Array(64).fill(notice)))),
  'cleartext password': onStart(async ({ say, next }) => {
    say(code(3));
    await next();
  }),
  'unknown authentication': onStart(({ say }) => say(code(7))),
  'unknown mechanism': onStart(({ say }) => say(code(10, 'OAUTHBEARER\0\0'))),
  'work without end': onStart(async ({ say, next }) => {
    say(code(10, 'SCRAM-SHA-256\0\0'));
    const nonce = /r=(\S+)/.exec((await next()).toString('latin1'))?.[1];
    say(code(11, `r=${nonce}more,s=c2FsdA==,i=2000000000`));
  }),
  'a nonsense login': onStart(({ say }) => say(Buffer.from('R\0\0\0\x08\x7f\0\0\0', 'latin1'))),
  'a short message': onStart(({ say }) => say(Buffer.from('R\0\0\0\0\0\0\0\0', 'latin1'))),
  'a huge login': onStart(async ({ say, flood }) => {
    say(Buffer.from('R\x7f\xff\xff\xf0', 'latin1'));
    await flood(MIB);
  }),
  starting: onStart(({ say }) => say(error('57P03', 'the database system is starting up'))),
  full: onStart(({ say }) => say(error('53300', 'sorry, too many clients already'))),
  'no entry': onStart(({ say }) =>
    say(error('28000', 'no pg_hba.conf entry for host "10.0.0.1", user "wa", database "postgres", no encryption')),
  ),
  'password said back': onStart(({ say }) => say(error('28P01', 'failed, \x1b]0;x\x07 password was S3cr3t!x'))),
  'a silent query': lettingIn(() => {}),
  'a flood of notices': lettingIn(({ flood }) => flood(Buffer.concat(Array(64).fill(notice)))),
  'a flood of errors': lettingIn(({ flood }) => flood(Buffer.concat(Array(500).fill(error('42601', 'no'))))),
  'a huge message': lettingIn(async ({ say, flood }) => {
    say(Buffer.from('D\x7f\xff\xff\xf0', 'latin1'));
    await flood(MIB);
  }),
  'endless rows': lettingIn(endlessRows),
  'rows by drops': lettingIn(async ({ say, drip }) => {
    say(message('T', field('x')));
    await drip(Buffer.concat(Array(20).fill(row)), 500);
  }),
  'copy in': lettingIn(async ({ say, next }) => {
    say(message('G', Buffer.from([0, 0, 0])));
    for (;;) await next();
  }),
  'a refused query': lettingIn(({ say }) => say(Buffer.concat([error('42501', 'no, S3cr3t!x'), READY]))),
  'more ready than asked': lettingIn(({ flood }) => flood(Buffer.concat(Array(1000).fill(READY)))),
  'a version of escapes': lettingIn(
    ({ say }) => say(Buffer.concat([message('T', field('x')), row, message('C', 'SELECT 1\0'), READY])),
    '13.8\x1b]52;c;aGFjaw==\x07\x1b[2J',
  ),
} satisfies Record<string, (peer: Peer) => unknown>;
