import { describe, expect, it } from 'vitest';
import { databaseSize } from '../../../checks/database/size.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, NO_LOGIN, over, refused } from './answers.ts';

const table = (name: string, rows: number) => ({ database: 'wa_message', table: name, rows });
const of = (tables: readonly ReturnType<typeof table>[], cut = false) =>
  judged(databaseSize, over('size', { tables: [...tables], cut }));

describe('database.size', () => {
  it('is asked after the install, and passes small tables', async () => {
    expect(databaseSize.phase).toBe('after');
    expect((await judged(databaseSize, answers)).outcome).toBe('pass');
    expect(saying(await of([]))).toMatch(/^pass\n.*no tables of messages and media yet/);
  });

  it.each([
    [10_000_000, 'pass'],
    [10_000_001, 'warn'],
  ])('%i rows are %s', async (rows, outcome) => {
    expect((await of([table('messages', rows)])).outcome).toBe(outcome);
    expect((await of([table('messages', 5), table('media', rows)])).outcome).toBe(outcome);
  });

  it('shows the difference, however small it is', async () => {
    expect((await of([table('media', 10_000_001)])).message).toContain(
      'about 10000001 rows; garbage collection is due above 10000000 rows',
    );
    expect((await of([table('media', 12_345_678)])).message).toContain(
      'about 12.3 million rows; garbage collection is due above 10 million rows',
    );
  });

  it('names each large table with the service that makes it smaller', async () => {
    const result = await of([table('messages', 2e7), table('media', 3e7)]);
    expect(
      result.findings.map(({ subject, remedy }) => [subject, /services\/(\w+)\/gc/.exec(remedy ?? '')?.[1]]),
    ).toEqual([
      ['wa_message.media', 'media'],
      ['wa_message.messages', 'message'],
    ]);
    expect(result.measured).toMatchObject({ value: 3e7, unit: '{row}' });
  });

  it('cannot tell where not all tables were read and those are small', async () => {
    expect((await of([table('media', 1)], true)).outcome).toBe('unknown');
    expect((await of([table('media', 2e7)], true)).outcome).toBe('warn');
    expect((await judged(databaseSize, refused('size'))).outcome).toBe('unknown');
    expect((await judged(databaseSize, NO_LOGIN)).outcome).toBe('skip');
  });
});
