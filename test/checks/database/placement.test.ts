import { describe, expect, it } from 'vitest';
import { databasePlacement } from '../../../checks/database/placement.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { answers, login, NO_LOGIN, over } from './answers.ts';

const at = (address: string, more: Answers = {}): Answers => ({
  ...over('connect', { addresses: [address], address }),
  ...more,
});
const container = (address: string): Answers => ({
  'docker "containers"': {
    containers: [
      { id: 'a', name: 'db', image: 'mysql:8.0', state: 'running', product: null, addresses: [address], ports: [] },
    ],
  },
});
const engine = (state: string, local = true): Answers => ({
  'docker "engine"': { endpoint: 'unix:///x', from: 'default', local, state, detail: null, product: null },
});

describe('database.placement', () => {
  it('passes another host', async () => {
    expect(saying(await judged(databasePlacement, answers))).toBe(
      'pass\nThe database is on another host (db-1.internal:3306, 10.20.0.15)',
    );
  });

  it.each([
    ['the loopback', '127.0.0.1', "this host's loopback"],
    ['the loopback of IPv6', '::1', "this host's loopback"],
    ['an address of its own', '10.20.0.11', 'an address of this host'],
    ['an address of its own, spelt otherwise', '::ffff:10.20.0.11', 'an address of this host'],
    ["its bridge's address, as host.docker.internal is", '172.17.0.1', 'an address of this host'],
  ])('warns of this host: %s', async (_, address, words) => {
    const result = await judged(databasePlacement, at(address));
    expect(result).toMatchObject({ outcome: 'warn', measured: { value: 'this host' } });
    expect(result.message).toContain(words);
    expect((await judged(databasePlacement, at(address), { profile: 'development' })).outcome).toBe('pass');
  });

  it('warns of a container here and of a socket', async () => {
    const here = await judged(databasePlacement, at('172.18.0.5', container('172.18.0.5')));
    expect(saying(here)).toMatch(/^warn\n.*container db on this host/);
    expect((await judged(databasePlacement, at('172.18.0.6', container('172.18.0.5')))).outcome).toBe('pass');
    expect(saying(await judged(databasePlacement, login({ socket: '/run/my.sock' })))).toMatch(/^warn\n.*a socket/);
  });

  it('goes by what a failed connection learnt, and by a literal address', async () => {
    const failed = { step: 'tcp', kind: 'refused', message: 'x', code: null };
    const tried = { failed, addresses: ['10.20.0.11'], address: null };
    expect((await judged(databasePlacement, over('connect', tried))).outcome).toBe('warn');
    const literal = { ...over('connect', { addresses: [], address: null }), ...{} };
    const key = 'database "login"';
    expect(
      (await judged(databasePlacement, { ...literal, [key]: login({ host: '127.0.0.1' })[key] ?? null })).outcome,
    ).toBe('warn');
    expect((await judged(databasePlacement, literal)).outcome).toBe('unknown');
  });

  it('cannot tell where containers may be that are not shown, and asks for none elsewhere', async () => {
    for (const state of ['denied', 'silent', 'unusable']) {
      expect((await judged(databasePlacement, at('172.18.0.5', engine(state)))).outcome, state).toBe('unknown');
      expect((await judged(databasePlacement, at('10.20.0.15', engine(state)))).outcome, state).toBe('pass');
    }
    const unlisted = { 'docker "containers"': new Error('not listed') };
    expect((await judged(databasePlacement, at('172.18.0.5', unlisted))).outcome).toBe('unknown');
    expect((await judged(databasePlacement, at('172.18.0.5', { ...engine('absent'), ...unlisted }))).outcome).toBe(
      'pass',
    );
    expect(
      (await judged(databasePlacement, at('172.18.0.5', { ...engine('reachable', false), ...unlisted }))).outcome,
    ).toBe('pass');
  });

  it('is skip without a login', async () => {
    expect((await judged(databasePlacement, NO_LOGIN)).outcome).toBe('skip');
  });
});
