import { describe, expect, it } from 'vitest';
import { levelCounter } from '../../src/bundle/levels.ts';

const counted = (...blocks: readonly string[]) => {
  const counter = levelCounter();
  for (const block of blocks) counter.add(Buffer.from(block));
  return counter.result();
};

describe('lines of a log by level', () => {
  it('counts errors, warnings and others minute by minute, and tells the first error', () => {
    const told = counted(
      '2026-11-22T06:00:01.1Z [INFO] up\n2026-11-22T06:00:02.1Z WARN slow\n',
      '2026-11-22T06:02:07.5Z {"level":"error","msg":"gone"}\n2026-11-22T06:02:09.5Z ERROR gone\n',
    );
    expect(told).toEqual({
      since: '2026-11-22T06:00:01.1Z',
      until: '2026-11-22T06:02:09.5Z',
      firstError: '2026-11-22T06:02:07.5Z',
      spans: [
        { errors: 0, warnings: 1, others: 1 },
        { errors: 0, warnings: 0, others: 0 },
        { errors: 2, warnings: 0, others: 0 },
      ],
    });
  });

  it('draws a long time in at most 60 spans, and loses no line', () => {
    const line = (hour: number) =>
      `2026-11-${String(1 + Math.floor(hour / 24)).padStart(2, '0')}T${String(hour % 24).padStart(2, '0')}:00:00Z x\n`;
    const told = counted(Array.from({ length: 200 }, (_, hour) => line(hour)).join(''));
    expect(told?.spans.length).toBeLessThanOrEqual(60);
    expect(told?.spans.reduce((sum, { others }) => sum + others, 0)).toBe(200);
  });

  it('does not take words in a sentence for a level', () => {
    const told = counted('2026-11-22T06:00:01Z no errors, warning lights off\n2026-11-22T06:01:01Z terror\n');
    expect(told?.spans.map(({ errors, warnings }) => errors + warnings)).toEqual([0, 0]);
  });

  it.each(['', 'no time here\n', '2026-11-22T06:00:01Z one minute only\n', '9999-99-99T99:99:99Z no time\n'])(
    'tells nothing of %j',
    (text) => {
      expect(counted(text)).toBeNull();
    },
  );
});
