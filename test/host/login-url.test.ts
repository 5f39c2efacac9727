import { describe, expect, it } from 'vitest';
import { parseLoginUrl } from '../../src/host/login-url.ts';

const parts = { host: null, port: null, user: null, database: null, tls: null };

describe('--db-url', () => {
  it.each(
    [
      ['mysql://wa@db-1:3307/wa_1', { engine: 'mysql', host: 'db-1', port: 3307, user: 'wa', database: 'wa_1' }],
      ['mariadb://db-1', { engine: 'mysql', host: 'db-1' }],
      ['postgres://wa@db-1/', { engine: 'postgresql', host: 'db-1', user: 'wa' }],
      ['postgresql://wa@[fd00::1]:5432', { engine: 'postgresql', host: 'fd00::1', port: 5432, user: 'wa' }],
      ['PostgreSQL://wa@10.0.0.1', { engine: 'postgresql', host: '10.0.0.1', user: 'wa' }],
      ['mysql://a%40b@db.example.', { engine: 'mysql', host: 'db.example.', user: 'a@b' }],
      ['mysql://wa:@db-1', { engine: 'mysql', host: 'db-1', user: 'wa' }],
      ['mysql://wa@', { engine: 'mysql', user: 'wa' }],
      ['postgres://db-1?sslmode=verify-full', { engine: 'postgresql', host: 'db-1', tls: 'verify' }],
      ['postgres://db-1?sslmode=disable', { engine: 'postgresql', host: 'db-1', tls: 'off' }],
    ].map(([url, told]) => [url as string, { ...parts, ...(told as object) }] as const),
  )('%s', (url, told) => {
    const read = parseLoginUrl(url);
    expect(read).toEqual(told);
  });

  it.each([
    'mysql://wa:hunter2@db-1',
    'mysql://wa:%68unter2@db-1',
    'mysql://wa%3Ahunter2@db-1',
    'mysql://:hunter2@db-1',
    'mysql://wa:hun@ter2@db-1',
    'postgres://db-1/wa:hunter2@x',
    'postgres://wa@db-1#hunter2',
    'postgres://wa:hunter2@db-1:99999',
    'postgres://wa@db-1?password=hunter2',
    'postgres://wa@db-1?sslmode=hunter2',
    'postgres://wa@db-1?sslmode=require&password=hunter2',
    'hunter2',
    '',
    'mysql:wa:hunter2@db-1',
    'http://hunter2@db-1',
    'mysql://wa@db 1',
    'mysql://wa@db-1:0',
    'mysql://wa@db-1/a/hunter2',
    'mysql://%E0hunter2@db-1',
    'mysql://wa@[::hunter2]',
  ])('"%s" is refused, and nothing of it is repeated', (url) => {
    const read = parseLoginUrl(url);
    expect(read).toEqual({ wrong: expect.stringMatching(/^--db-url/) });
    expect(JSON.stringify(read)).not.toMatch(/hunter2|hun@|unter2|ter2/);
  });
});
