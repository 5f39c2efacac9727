import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { databaseServerVersion } from '../../../checks/database/version.ts';
import { databaseVersion } from '../../../src/facts/database/version.ts';
import type { DatabaseEngine } from '../../../src/host/login.ts';
import { answers, over } from '../../checks/database/answers.ts';
import { judged } from '../../support/judged.ts';
import { MYSQL_VERSIONS, POSTGRESQL_VERSIONS, type Row } from './versions.ts';

const ROWS: readonly (readonly [DatabaseEngine, ...Row])[] = [
  ...MYSQL_VERSIONS.map((row) => ['mysql', ...row] as const),
  ...POSTGRESQL_VERSIONS.map((row) => ['postgresql', ...row] as const),
];

/** The lines of versions-more.txt under their "## engine verdict product". */
const MORE = readFileSync(new URL('versions-more.txt', import.meta.url), 'utf8')
  .split(/^## /m)
  .slice(1)
  .flatMap((part) => {
    const [head = '', ...lines] = part.trim().split('\n');
    const [engine, verdict, product] = head.split(' ') as [DatabaseEngine, string, string];
    return lines.map((line) => {
      const [version = '', comment, signs] = line.split('|').map((one) => one.trim());
      const told = { engine, version, comment: comment || null, signs: signs?.split(', ') ?? [] };
      return [line, verdict, product, told] as const;
    });
  });

describe('more database versions', () => {
  it('are at least 250, each once', () => {
    expect(MORE.length).toBeGreaterThanOrEqual(250);
    expect(new Set(MORE.map(([line, , , { engine }]) => `${engine} ${line}`)).size).toBe(MORE.length);
  });

  it.each(MORE)('%s is %s: %s', async (_, verdict, product, told) => {
    expect(databaseVersion(told).product).toBe(product);
    const result = await judged(databaseServerVersion, over('server', told));
    expect(result.outcome, result.message).toBe(verdict);
    if (verdict !== 'pass') expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/);
  });
});

describe('database versions', () => {
  it('are at least 150, each once', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(150);
    expect(new Set(ROWS.map((row) => JSON.stringify(row.slice(0, 4)))).size).toBe(ROWS.length);
  });

  it.each(ROWS)('%s %j %j %j is %s %s: %s', async (engine, version, comment, signs, product, numbers, verdict) => {
    const told = { engine, version, comment, signs: [...signs] };
    expect(databaseVersion(told)).toMatchObject({ product, numbers });
    const result = await judged(databaseServerVersion, over('server', told));
    expect(result.outcome, result.message).toBe(verdict);
    if (verdict === 'fail') expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('never come from the greeting of the protocol', async () => {
    const greeting = over('connect', { authentication: '5.5.5-10.6.16-MariaDB' });
    expect((await judged(databaseServerVersion, greeting)).outcome).toBe('pass');
  });

  it('of a hostile server cost no time and fill no report', async () => {
    for (const engine of ['mysql', 'postgresql'] as const)
      for (const piece of ['8.0.36-debian', '-log', '(', '((a', '1.', 'PostgreSQL 13.8 (a', '-0ubuntu']) {
        const version = `8.0.36${piece.repeat(40_000)}!`;
        const since = performance.now();
        const { message } = await judged(
          databaseServerVersion,
          over('server', { engine, version, comment: version, signs: [version] }),
        );
        expect(performance.now() - since, piece).toBeLessThan(500);
        expect(message.length, piece).toBeLessThan(1500);
      }
  });

  it('name the one version that the vendor names, and what the shipped one is compatible with', async () => {
    const of = async (engine: DatabaseEngine, version: string) =>
      (await judged(databaseServerVersion, over('server', { engine, version, comment: null, signs: [] }))).message;
    expect(await of('postgresql', 'PostgreSQL 12.18')).toContain('the vendor names 13.8');
    expect(await of('postgresql', 'PostgreSQL 13.8')).not.toContain('the vendor names');
    expect(await of('mysql', '8.0.mysql_aurora.3.05.2')).toContain("the vendor's own template");
    expect((await judged(databaseServerVersion, answers)).measured).toMatchObject({
      value: '8.0.36',
      product: 'mysql',
    });
  });
});
