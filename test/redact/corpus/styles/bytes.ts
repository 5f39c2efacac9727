import { gzOf, tarOf, zipOf } from '../pack.ts';
import { type Desk, lines, type Page, type Style, times } from '../page.ts';

const record = (p: Page, log: string, stream = 'stdout'): string =>
  `${JSON.stringify({ log, stream, time: p.time('rfc-ns') })}\n`;

/** A line of a container that the json-file driver cut at 16 KiB: its secret stands on both sides of a cut. */
const split = (p: Page, before: string, name = 'split_secret'): string => {
  const [first, second] = [
    p.fresh(18, 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789'),
    p.fresh(22, 'abcdefghjkmnpqrstuvwxyz23456789'),
  ];
  p.plant(name, first + second, { needles: [first, second], encoding: 'split' });
  const head = `${'.'.repeat(16384 - before.length - first.length)}${before}${first}`;
  return record(p, head) + record(p, `${second}\n`);
};

const jsonFile = (p: Page): string =>
  [
    ...times(2, () =>
      record(p, `${p.time('comma')} INFO to=${p.plainPhone()} id=${p.messageId()} ${p.latency('ms')}\n`),
    ),
    split(p, ' DB_PASSWORD='),
    split(p, ' {"token":"'),
    split(p, ' mysql://root:'),
    ...times(2, () =>
      record(
        p,
        `${JSON.stringify({ msg: 'in', from: p.waId(), text: { body: p.body() }, ms: Number(p.counter()) })}\n`,
        'stderr',
      ),
    ),
    record(
      p,
      `\u001b[33mwarn\u001b[39m: login with password ${p.password('user_password', '!"')} refused (${p.errorCode()})\r\n`,
    ),
  ].join('');

/** A secret across three records: nothing of the middle has a key before it. */
const threefold = (p: Page): string => {
  const [first, second] = [
    p.fresh(20, 'abcdefghjkmnpqrstuvwxyz23456789'),
    p.fresh(20, 'abcdefghjkmnpqrstuvwxyz23456789'),
  ];
  p.plant('split_secret', first + second, { needles: [first, second], encoding: 'split' });
  const filler = ';'.repeat(16384 - ' api_key='.length - first.length);
  return (
    record(p, '-'.repeat(16384)) +
    record(p, `${filler} api_key=${first}`) +
    record(p, `${second} rows=${p.counter()}\n`) +
    record(p, `done in ${p.latency('s')}\n`)
  );
};

const wide = (p: Page): Uint8Array =>
  Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from(
      `Password=${p.password('user_password', '!')}\r\nPhone: ${p.phone()}\r\nServer: ${p.host()} (${p.ip()})\r\nBuild ${p.version()} at ${p.time('rfc')}\r\nBody: ${p.said()}\r\n`,
      'utf16le',
    ),
  ]);

const bare = (p: Page): Uint8Array =>
  Buffer.from(lines(`api_key=${p.token('api_key', 30)}`, `from ${p.phone()} size ${p.bytes()}`), 'utf16le');

const latin = (p: Page): Uint8Array =>
  Buffer.from(
    lines(
      `Größe=${p.counter()} Straße=${p.address()} Passwort: ${p.password('user_password', '!')}`,
      `contraseña=${p.password('user_password')} señal ${p.metric()} teléfono: ${p.phone()}`,
      `mot de passe : ${p.password('user_password')} à ${p.time('dot')}`,
    ),
    'latin1',
  );

const broken = (p: Page): Uint8Array => {
  const bad = Buffer.from([0xc3, 0x28, 0xa0, 0xa1, 0xf0, 0x28, 0x8c]);
  return Buffer.concat([
    ...times(3, () =>
      Buffer.concat([
        bad,
        Buffer.from(`\0token=${p.token('api_key', 26)}\0pid ${p.pid()}\0tel ${p.phone()} `),
        bad,
        Buffer.from('\n'),
      ]),
    ),
    Buffer.from(`\0\0\0SQL: IDENTIFIED BY '${p.password('sql_identified_by')}'\0\0${p.uuid()}\0`),
  ]);
};

const long = (p: Page): string =>
  `{"rows":[${times(2500, (at) => `{"n":${at},"k":"v${at}"}`).join(',')},{"password":"${p.password('user_password', '!')}","to":"${p.waId()}","size":${p.bytes()}},${times(2500, (at) => `{"n":${at}}`).join(',')},{"addr":"${p.ip()}","t":"${p.time('rfc')}"}]}`;

const nested = (p: Page): string =>
  lines(`password=${p.password('nested_archive_secret')}`, `n=${p.counter()} from ${p.publicIp()}`);

const archives = (desk: Desk): void => {
  const inner = (path: string) => Buffer.from(nested(desk.page(path)));
  desk.put('old/core.log.1.gz', gzOf(inner('old/core.log.1.gz')));
  desk.put(
    'old/logs.tar',
    tarOf([
      ['a/core.log', inner('old/logs.tar')],
      ['a/web.log.gz', gzOf(inner('old/logs.tar'))],
    ]),
  );
  desk.put('old/logs.tgz', gzOf(tarOf([['core.log', inner('old/logs.tgz')]])));
  desk.put(
    'old/bundle.zip',
    zipOf([
      ['x/env.txt', inner('old/bundle.zip')],
      ['x/deep.tar.gz', gzOf(tarOf([['y.zip', zipOf([['z.env', inner('old/bundle.zip')]])]]))],
    ]),
  );
  const page = desk.page('old/named.zip');
  desk.put(
    'old/named.zip',
    zipOf([[`chat_${page.fileNumber()}.txt`, Buffer.from(lines(`${page.name()} says ${page.said()}`, page.metric()))]]),
  );
};

/** Encodings, cuts, names and archives. */
export const bytes: Style = {
  name: 'bytes',
  write(desk) {
    desk.file('containers/c1-json.log', jsonFile);
    desk.file('containers/c2-json.log', threefold);
    desk.file('win/report.txt', wide);
    desk.file('win/bare.txt', bare);
    desk.file('win/app.ini', (p) =>
      lines('[db]', `pwd=${p.password('db_password', '!')}`, `timeout=${p.config()}`, `host=${p.host()}`).replaceAll(
        '\n',
        '\r\n',
      ),
    );
    desk.file('latin.txt', latin);
    desk.file('core.dump.strings', broken);
    desk.file('one-line.json', long);
    archives(desk);
    for (const shape of ['call-%.txt', 'media/+%/photo.txt', 'export_%_final.csv']) {
      const page = desk.page(shape);
      desk.put(
        shape.replace('%', page.fileNumber()),
        lines(`Name: ${page.name()}`, `Message: ${page.said()}`, `n,${page.counter()}`),
      );
    }
  },
};
