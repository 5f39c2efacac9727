import { describe, expect, it } from 'vitest';
import { MARKERS, markersIn } from '../../src/facts/log-markers.ts';

const names = (line: string) => markersIn(line).map(({ name }) => name);

const LINES = [
  ['QSqlError("2006", "QMYSQL: Unable to execute query", "MySQL server has gone away")', ['sql-gone']],
  ['QSqlError: syntax error', ['sql-error']],
  ['SQLSTATE[HY000] [1040] Too many connections', ['sql-connections']],
  ['SQLSTATE[HY000] [1045] Access denied for user wa@10.0.0.1', ['sql-login']],
  ['FATAL: password authentication failed for user "wa"', ['sql-login']],
  ['Deadlock found when trying to get lock', ['sql-deadlock']],
  ['callback: Network error while sending', ['callback-network']],
  ['network error on the chat socket', []],
  ['{"errors":[{"code":1011,"title":"Service not ready"}]}', ['not-ready']],
  [String.raw`"{\"errors\":[{\"code\":1011}]}"`, ['not-ready']],
  ['code: 1016', ['overloaded']],
  ['{"code": 1014, "details": "Please check if wacore is running: wacore:6252"}', ['coreapp-unreachable']],
  ['Communication failure: timeout', ['coreapp-timeout']],
  ['Communication failure: Unable to decrypt payload.', ['secret-differs']],
  ['No nodes in clusterStore.nodes', ['cluster-empty']],
  ['write failed: No space left on device', ['disk-full']],
  ['terminate called after throwing an instance of std::bad_alloc', ['crash', 'out-of-memory']],
  ['writing wa-service-1f2e-crash.log', ['crash']],
  ['mkdir /usr/local/wamedia/shared: Permission denied', ['media-denied']],
  ['Permission denied', []],
  ['exit code 10111', []],
  ['status 1011', []],
  ['"code":10', []],
  ['all is well', []],
  ['', []],
] as const;

describe('markers of a log', () => {
  it.each(LINES)('%s', (line, expected) => {
    expect(names(line)).toEqual(expected);
  });

  it('stand where their text does', () => {
    expect(markersIn('at last a QSqlError')).toEqual([{ name: 'sql-error', at: 10 }]);
    expect(markersIn('{"x":1,"code":1011}')).toEqual([{ name: 'not-ready', at: 8 }]);
  });

  it('are told whole, each under a name of its own, in lower case', () => {
    expect(new Set(MARKERS.map(({ name }) => name)).size).toBe(MARKERS.length);
    for (const { any, codes = [], remedy, cause, title } of MARKERS) {
      expect(any.length + codes.length, title).toBeGreaterThan(0);
      expect(any.flat()).toEqual(any.flat().map((text) => text.toLowerCase()));
      expect(remedy).toMatch(/^[A-Z].*\.$/);
      expect(cause).toMatch(/^[a-z].*[^.]$|^WA_|^Coreapp|^Docker|^max_/);
    }
  });

  it.each(['code', '"code"', 'code ', 'code:', '\\"code\\" ', 'qsqlerror', '1', ' ', '"', 'network error'])(
    'are looked for in no more time than a line is long: %s again and again',
    (part) => {
      const line = part.repeat(Math.ceil(65_536 / part.length));
      const since = performance.now();
      for (let times = 0; times < 10; times += 1) markersIn(line);
      expect(performance.now() - since).toBeLessThan(1000);
    },
  );
});
