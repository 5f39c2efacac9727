import { describe, expect, it } from 'vitest';
import { logBytes } from '../../../../src/host/live/sources/log-bytes.ts';
import { at, frame } from '../../../support/log-frames.ts';

const read = (pieces: readonly Buffer[]) => {
  const out: Buffer[] = [];
  const log = logBytes((piece) => out.push(Buffer.from(piece)));
  for (const piece of pieces) log.add(piece);
  log.end();
  return { text: Buffer.concat(out).toString('latin1'), ...log.told() };
};

/** The same bytes in pieces of a size. */
const inPieces = (all: Buffer, size: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.subarray(nth * size, (nth + 1) * size));

const SECRET = 'password=Tr0ub4dor-and-3';
const LONG = 'x'.repeat(16 * 1024 - 10);

describe('the bytes of a log', () => {
  const framed = Buffer.concat([
    frame(1, `${at(0)}first\n`),
    frame(2, `${at(1)}on the other\r\n`),
    frame(1, `${at(2)}${LONG}${SECRET.slice(0, 10)}`),
    frame(1, `${at(3)}${SECRET.slice(10)} end\n`),
    frame(1, `${at(4)}\n`),
    frame(1, `${at(5)}without an end`),
  ]);
  const expected = `${at(0)}first\n${at(1)}on the other\r\n${at(2)}${LONG}${SECRET} end\n${at(4)}\n${at(5)}without an end\n`;

  it.each([1, 2, 3, 7, 8, 9, 31, 4096, 1 << 20])('are its lines, in whatever pieces they come: %d bytes', (size) => {
    expect(read(inPieces(framed, size))).toMatchObject({ text: expected, records: 6, lines: 5, dropped: 0 });
  });

  const raw = Buffer.concat([
    Buffer.from(`${at(0)}a terminal\r\n`),
    Buffer.from(`${at(1)}${LONG}${SECRET.slice(0, 10)}`),
    Buffer.from(`${at(2)}${SECRET.slice(10)} end\r\n`),
    Buffer.from(`${at(3)}last\r\n`),
  ]);
  it.each([1, 5, 1000, 1 << 20])('are whole with a terminal too, whose records have no frames: %d bytes', (size) => {
    const text = `${at(0)}a terminal\r\n${at(1)}${LONG}${SECRET} end\r\n${at(3)}last\r\n`;
    expect(read(inPieces(raw, size)).text).toBe(text);
  });

  it('never mix two lines, however their records do', () => {
    const { text } = read([
      frame(1, `${at(0)}${LONG}pass`),
      frame(2, `${at(1)}an error\n`),
      frame(2, `${at(2)}another, tor`),
      frame(1, `${at(0)}word=x\n`),
      frame(1, `${at(4)}next\n`),
      frame(2, `${at(2)}n\n`),
      frame(1, `${at(6)}last\n`),
    ]);
    expect(text).toBe(
      `${at(0)}${LONG}password=x\n${at(1)}an error\n${at(2)}another, torn\n${at(4)}next\n${at(6)}last\n`,
    );
  });

  it('leave out whole lines alone, where one stream waits too long for the other', () => {
    const line = 'y'.repeat(1000);
    const waiting = Array.from({ length: 3000 }, (_, nth) => frame(2, `${at(nth)}${nth} ${line}\n`));
    const { text, dropped } = read([frame(1, `${at(0)}begun `), ...waiting, frame(1, `${at(0)}ended\n`)]);
    const lines = text.split('\n');
    expect(lines[0]).toBe(`${at(0)}begun ended`);
    expect(lines.slice(1, -1).every((one) => one.endsWith(` ${line}`))).toBe(true);
    expect(lines.length).toBeLessThan(1500);
    expect(dropped).toBeGreaterThan(1_500_000);
    expect(text.length + dropped).toBeGreaterThan(3000 * 1030);
  });

  it('end where a driver gives the last record of a long line without its end', () => {
    const { text } = read([frame(1, `${at(0)}${LONG}pass`), frame(1, `${at(0)}word`), frame(1, `${at(1)}next\n`)]);
    expect(text).toBe(`${at(0)}${LONG}password\n${at(1)}next\n`);
  });

  it('stay as they are where they are no text', () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10));
    const { text } = read([frame(1, Buffer.concat([Buffer.from(at(0)), every, Buffer.from('\n')]))]);
    expect(text).toBe(`${at(0)}${every.toString('latin1')}\n`);
  });

  it('are kept where an Engine puts no time before them', () => {
    expect(read([frame(1, 'no time here\n'), frame(1, 'short\n'), frame(1, 'x\n')]).text).toBe(
      'no time here\nshort\nx\n',
    );
  });

  it('are refused where they are no log', () => {
    expect(() => read([Buffer.from([1, 9, 9, 9, 0, 0, 0, 1, 65])])).toThrow('is no log');
  });
});
