import { describe, expect, it } from 'vitest';
import { cells, wrap } from '../../report-templates/wrap.ts';

const LINK = 'https://docs.example.org/a/long/path?with=some&query=too';

describe('wrapping', () => {
  it('breaks at blanks and keeps the lines that a text has', () => {
    expect(wrap('one two three\nfour\tfive', 9)).toEqual(['one two', 'three', 'four five']);
    expect(wrap('', 9)).toEqual(['']);
  });

  it('breaks Thai between its words', () => {
    expect(wrap('เซิร์ฟเวอร์นี้ไม่ตรงตามข้อกำหนด', 12)).toEqual(['เซิร์ฟเวอร์นี้ไม่', 'ตรงตามข้อ', 'กำหนด']);
  });

  it('breaks a path or data behind a divider', () => {
    expect(wrap('at /var/lib/docker/overlay2', 16)).toEqual(['at /var/lib/', 'docker/overlay2']);
    expect(wrap('{"p50":0.8,"p95":5.4}', 12)).toEqual(['{"p50":0.8,', '"p95":5.4}']);
  });

  it('never cuts a link for a terminal that can wrap it, and does where nothing may be wider', () => {
    expect(wrap(`see ${LINK} now`, 20)).toEqual(['see', LINK, 'now']);
    const cut = wrap(`see ${LINK} now`, 20, 'cut');
    expect(cut.every((line) => cells(line) <= 20)).toBe(true);
    expect(cut.join('').replaceAll(' ', '')).toBe(`see${LINK}now`);
  });

  it('goes on where one sign is wider than the room', () => {
    expect(wrap('漢字', 1)).toEqual(['漢', '字']);
  });
});
