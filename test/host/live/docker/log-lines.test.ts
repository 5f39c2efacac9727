import { describe, expect, it } from 'vitest';
import { type LogLine, logLines } from '../../../../src/host/live/docker/log-lines.ts';

const T1 = '2026-11-22T11:00:00.000000001Z';
const T2 = '2026-11-22T11:00:01.5Z';

const frame = (stream: number, text: string | Buffer): Buffer => {
  const body = Buffer.from(text as string);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
};

/** The lines of a stream that comes in pieces of so many bytes. */
const linesOf = (whole: Buffer, size = whole.length) => {
  const found: LogLine[] = [];
  const lines = logLines((line) => void found.push(line));
  for (let at = 0; at < whole.length; at += size) lines.add(whole.subarray(at, at + size));
  lines.end();
  return {
    found: found.map(({ time, text, cut }) => [time, text.toString('latin1'), cut] as const),
    records: lines.records(),
  };
};

describe('the lines of a log', () => {
  const framed = Buffer.concat([
    frame(1, `${T1} one\n`),
    frame(2, `${T2} two\n`),
    frame(1, `${T1} par`),
    frame(2, `${T2} between\n`),
    frame(1, `${T2} tial\n`),
    frame(1, ''),
    frame(1, `${T2} \n`),
    frame(1, `${T2} without an end`),
  ]);
  const expected = [
    [T1, 'one', false],
    [T2, 'two', false],
    [T2, 'between', false],
    [T1, 'partial', false],
    [T2, '', false],
    [T2, 'without an end', false],
  ];

  it.each([1, 2, 3, 7, 8, 9, 31, 33, 1000])('are the same in pieces of %s bytes', (size) => {
    expect(linesOf(framed, size)).toEqual({ found: expected, records: 8 });
  });

  const raw = Buffer.from(`${T1} one\r\n${T2} two\r\nno time here\r\n${T1} \r\n${T2} end`);
  it.each([1, 5, 31, 32, 33, 1000])('are those of a terminal in pieces of %s bytes', (size) => {
    expect(linesOf(raw, size)).toEqual({
      found: [
        [T1, 'one', false],
        [T2, 'two', false],
        [null, 'no time here', false],
        [T1, '', false],
        [T2, 'end', false],
      ],
      records: 0,
    });
  });

  it('keep the time of a record that holds several', () => {
    expect(linesOf(frame(1, `${T1} one\ntwo\n`)).found).toEqual([
      [T1, 'one', false],
      [T1, 'two', false],
    ]);
  });

  it('are held to 64 KiB each, whatever their length', () => {
    const { found } = linesOf(
      Buffer.concat([frame(1, `${T1} ${'x'.repeat(70_000)}\n`), frame(1, `${T2} next\n`)]),
      4096,
    );
    expect(found.map(([, text, cut]) => [text.length, cut])).toEqual([
      [65_536, true],
      [4, false],
    ]);
  });

  it('are none of what is no log', () => {
    expect(linesOf(Buffer.alloc(0)).found).toEqual([]);
    expect(() => linesOf(Buffer.concat([frame(1, `${T1} a\n`), Buffer.from('HTTP/1.1 200 OK')]))).toThrow('no log');
    expect(() => linesOf(Buffer.from([1, 9, 9, 9, 0, 0, 0, 1, 65]))).toThrow('no log');
  });

  it('may begin with no time at all', () => {
    expect(linesOf(frame(1, 'no time, and longer than any time could ever be: forty signs\n')).found).toEqual([
      [null, 'no time, and longer than any time could ever be: forty signs', false],
    ]);
    expect(linesOf(frame(1, 'short\n')).found).toEqual([[null, 'short', false]]);
    expect(linesOf(frame(1, 'cut')).found).toEqual([[null, 'cut', false]]);
  });
});
