import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConnectFailure, DatabaseAnswers } from '../../../../src/host/answers/database.ts';
import type { DatabaseEngine } from '../../../../src/host/login.ts';
import { askProbe } from '../../../support/ask-probe.ts';
import { orderOf, PASSWORD } from '../../../support/database-order.ts';
import { type Peer, startRogue } from '../../../support/rogue.ts';
import { ROGUE_MYSQL } from '../../../support/rogue-mysql.ts';
import { ROGUE_POSTGRES } from '../../../support/rogue-postgres.ts';

type Verdict = readonly [step: ConnectFailure['step'], kind: ConnectFailure['kind'], seconds?: number] | null;

/** What needs no waiting; one step to its limit, and a further attempt without TLS after it, s. */
const SOON = 1.5;
const ONE = 4;
const TWO = 8;

const MYSQL: Readonly<Record<keyof typeof ROGUE_MYSQL, Verdict>> = {
  silent: ['login', 'no-answer', ONE],
  closes: ['login', 'closed'],
  'half a greeting': ['login', 'no-answer', ONE],
  'a greeting by drops': ['login', 'no-answer', ONE],
  'random bytes': ['login', 'not-this-engine'],
  'a greeting without end': ['login', 'not-this-engine'],
  'protocol 9': ['login', 'protocol'],
  'a greeting that lies': ['login', 'protocol'],
  'a second packet at once': ['login', 'protocol'],
  'too many connections': ['login', 'too-many-connections'],
  'blocked host': ['login', 'blocked'],
  'an HTTP server': ['login', 'not-this-engine', 2],
  'a mail server': ['login', 'not-this-engine'],
  'a PostgreSQL server': ['login', 'not-this-engine', 2],
  'TLS that never begins': ['tls', 'no-answer', ONE],
  'TLS of nonsense': ['tls', 'tls-failed', TWO],
  'a silent login': ['login', 'no-answer', ONE],
  'a login that is cut off': ['login', 'closed'],
  'cleartext password': ['login', 'cleartext-refused'],
  'old password': ['login', 'auth-plugin'],
  'unknown plugin': ['login', 'auth-plugin'],
  'a login without end': ['login', 'protocol'],
  'wrong sequence': ['login', 'protocol'],
  'a nonsense login': ['login', 'protocol'],
  'TLS wanted': ['login', 'tls-required'],
  'password said back': ['login', 'denied'],
  'a silent query': ['query', 'no-answer', ONE],
  'local infile': ['query', 'protocol'],
  'a huge packet': ['query', 'too-much'],
  'endless columns': ['query', 'protocol'],
  'endless rows': ['query', 'too-much'],
  'rows by drops': ['query', 'no-answer', ONE],
  'names of code': null,
  'a refused query': ['query', 'denied'],
};

const POSTGRESQL: Readonly<Record<keyof typeof ROGUE_POSTGRES, Verdict>> = {
  silent: ['tls', 'no-answer', ONE],
  closes: ['tls', 'closed'],
  'a MySQL server': ['tls', 'not-this-engine'],
  'an HTTP server': ['tls', 'not-this-engine'],
  'TLS that never begins': ['tls', 'no-answer', ONE],
  'TLS of nonsense': ['tls', 'tls-failed', TWO],
  'words before TLS': ['tls', 'protocol'],
  'a silent login': ['login', 'no-answer', ONE],
  'a login by drops': ['login', 'no-answer', ONE],
  'a login that is cut off': ['login', 'closed'],
  'a login without end': ['login', 'too-much'],
  'cleartext password': ['login', 'cleartext-refused'],
  'unknown authentication': ['login', 'auth-plugin'],
  'unknown mechanism': ['login', 'auth-plugin'],
  'work without end': ['login', 'protocol'],
  'a nonsense login': ['login', 'auth-plugin'],
  'a short message': ['login', 'protocol'],
  'a huge login': ['login', 'too-much'],
  starting: ['login', 'starting'],
  full: ['login', 'too-many-connections'],
  'no entry': ['login', 'tls-required'],
  'password said back': ['login', 'denied'],
  'a silent query': ['query', 'no-answer', ONE],
  'a flood of notices': ['query', 'too-much'],
  'a flood of errors': ['query', 'other'],
  'a huge message': ['query', 'too-much'],
  'endless rows': ['query', 'too-much'],
  'rows by drops': ['query', 'no-answer', ONE],
  'copy in': ['query', 'no-answer', ONE],
  'a refused query': ['query', 'denied'],
  'more ready than asked': ['query', 'protocol'],
  'a version of escapes': null,
};

type Case = readonly [name: string, verdict: Verdict, serve: (peer: Peer) => unknown];
const casesOf = (verdicts: Record<string, Verdict>, all: Record<string, (peer: Peer) => unknown>): readonly Case[] =>
  Object.entries(verdicts).map(([name, verdict]) => [name, verdict, all[name] ?? (() => {})]);

const FILE = readFileSync('/etc/hostname', 'latin1').trim();

const engines: readonly [DatabaseEngine, readonly Case[]][] = [
  ['mysql', casesOf(MYSQL, ROGUE_MYSQL)],
  ['postgresql', casesOf(POSTGRESQL, ROGUE_POSTGRES)],
];

describe.each(engines)('a server that means no good is told from %s', (engine, cases) => {
  it.concurrent.each(cases)('%s: %j', { timeout: 40_000 }, async (_name, verdict, serve) => {
    const rogue = await startRogue(serve);
    const asked = await askProbe('database-connect', orderOf({ engine, port: rogue.port }));
    await rogue.left();
    const heard = rogue.heard();
    await rogue.stop();
    const [step, kind, seconds = SOON] = verdict ?? [];
    const answer = asked.answer as DatabaseAnswers['connect'] | null;
    expect(asked.error).toBe(null);
    expect([answer?.failed?.step, answer?.failed?.kind]).toEqual([step, kind]);
    expect(asked.at - rogue.met()).toBeLessThan(seconds * 1000 + 500);
    expect(asked.peak).toBeGreaterThan(20);
    expect(asked.peak).toBeLessThan(256);
    expect(JSON.stringify(asked)).not.toContain(PASSWORD);
    expect(asked.stderr).toBe('');
    expect(heard.includes(PASSWORD)).toBe(false);
    if (FILE) expect(heard.includes(FILE)).toBe(false);
  });
});

describe('towards a rogue MySQL server', () => {
  it('never offers a file', async () => {
    const rogue = await startRogue(ROGUE_MYSQL['local infile']);
    const { answer } = await askProbe('database-connect', orderOf({ engine: 'mysql', port: rogue.port }));
    const heard = rogue.heard();
    await rogue.stop();
    const LOCAL_FILES = 0x80;
    expect(heard.readUInt32LE(4) & LOCAL_FILES).toBe(0);
    expect((answer as DatabaseAnswers['connect']).failed?.message).toContain('was sent nothing of it');
    // The login and the question, and after them an empty packet.
    expect(heard.subarray(-4)).toEqual(Buffer.from([0, 0, 0, 2]));
  });
});
