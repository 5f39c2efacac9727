import { describe, expect, it } from 'vitest';
import { type ReadinessCalls, readinessOf } from '../../../src/facts/api/readiness.ts';
import type { ApiCall } from '../../../src/host/answers/api.ts';
import { health, oneHealth, oneSupport, refusal, support } from '../../support/api-answers.ts';

const NOW = Date.parse('2026-11-22T07:00:00Z');
const read = (one: ApiCall, more: Partial<ReadinessCalls> = {}) =>
  readinessOf({ health: one, support: null, further: [], shards: null, ...more }, NOW);
const NOT_READY = refusal('/v1/settings/application', 1011, 500);

describe('how far a single instance has come', () => {
  it.each([
    ['connected', 'UP', 'ready'],
    ['connected', 'UP receiving offline', 'offline-messages'],
    ['connecting', 'UP receiving offline', 'offline-messages'],
    ['connected', 'SC', 'connecting'],
    ['connected', 'DN', 'connecting'],
    ['connected', 'UNK', 'connecting'],
    ['connecting', 'SC', 'connecting'],
    ['disconnected', 'DN', 'connecting'],
    ['uninitialized', 'UNK', 'database'],
    ['something new', 'UNK', 'connecting'],
  ])('health %s and socket %s: %s', (status, socket, phase) => {
    const told = read(oneHealth(status), { support: oneSupport(socket) });
    expect(told).toMatchObject({ phase, topology: 'single', never: null, unknown: [] });
  });

  it('1011 while it is connected and takes no offline messages is told as templates, otherwise not', () => {
    const further = [NOT_READY];
    const connected = oneHealth('connected');
    expect(read(connected, { support: oneSupport('UP'), further }).phase).toBe('templates');
    expect(read(connected, { support: oneSupport('UP receiving offline'), further }).phase).toBe('offline-messages');
    expect(read(connected, { support: oneSupport('SC'), further }).phase).toBe('connecting');
    expect(read(oneHealth('connecting'), { support: oneSupport('SC'), further }).phase).toBe('connecting');
    const none = refusal('/v1/health', 1011, 500);
    expect(read(none, { support: oneSupport('UP') }).phase).toBe('templates');
    expect(read(none, { support: oneSupport('UP receiving offline') }).phase).toBe('offline-messages');
    expect(read(none, { support: oneSupport('SC') }).phase).toBe('connecting');
    expect(read(none).phase).toBe('connecting');
  });

  it('with an API key health alone decides, and that is said', () => {
    const told = read(oneHealth('connected'));
    expect(told.phase).toBe('ready');
    expect(told.unknown.join()).toMatch(/API key.*health decides/);
  });

  it('a support node that is refused leaves it to health, one that fails is waited for', () => {
    const denied = read(oneHealth('connected'), { support: refusal('/v1/support', 1005, 403) });
    expect(denied).toMatchObject({ phase: 'ready', never: null });
    expect(denied.unknown.join()).toMatch(/403.*health decides/);
    const broken = read(oneHealth('connected'), { support: refusal('/v1/support', 1000, 500) });
    expect(broken).toMatchObject({ phase: 'connecting', unknown: [] });
  });

  it('a socket that is not told is not taken for one that is up', () => {
    const told = read(oneHealth('connected'), { support: support({ context: 'healthcheck' }) });
    expect(told.phase).toBe('ready');
    expect(told.unknown.join()).toMatch(/no state of the socket/);
  });
});

describe('what no waiting mends', () => {
  it.each([
    ['no number', oneHealth('unregistered'), {}, 'unregistered'],
    ['the default password', refusal('/v1/health', 1024, 401), {}, 'password-change'],
    ['a login that is not taken', refusal('/v1/health', 1005, 401), {}, 'unauthorised'],
    ['an old build, by its words', refusal('/v1/health', 1005, 403, 'Please upgrade your client'), {}, 'expired'],
    [
      'an old build, by its last day',
      oneHealth('connected'),
      { support: oneSupport('UP', { expire_timestamp: '2026-11-22T06:59:59' }) },
      'expired',
    ],
  ] as const)('%s', (_, one, more, code) => {
    expect(read(one, more).never?.code).toBe(code);
    expect(read(one, more).never?.remedy).toMatch(/\.$/);
  });

  it("holds the build's last moment against the client's own clock where that is told", () => {
    const at = (expire_timestamp: string, more = {}) =>
      read(oneHealth('connected'), { support: oneSupport('UP', { expire_timestamp, ...more }) }).never?.code ?? null;
    expect(at('2026-11-22T07:00:00')).toBe('expired');
    expect(at('2026-11-22T07:00:01')).toBe(null);
    expect(at('2026-11-22 07:00:01+00:00')).toBe(null);
    expect(at('nonsense')).toBe(null);
    expect(at('2026-11-22T06:00:00', { device_iso8601: '2026-11-22T05:59:59Z' })).toBe(null);
    expect(at('2026-11-22T09:00:00', { device_iso8601: '2026-11-22T09:00:00Z' })).toBe('expired');
  });

  it('is not read into a denied role, nor into a certificate that has expired', () => {
    expect(read(refusal('/v1/health', 1005, 403, 'Access denied for this role')).never).toBe(null);
    expect(read(refusal('/v1/health', 1005, 403, 'certificate has expired')).never).toBe(null);
  });
});

describe('an API that tells no state of a node', () => {
  it.each([
    [refusal('/v1/health', 1014, 500, 'Please check if wacore is running: a:6252'), 'starting', /wacore is running/],
    [refusal('/v1/health', 1023, 500), 'database', /database/],
    [refusal('/v1/health', 1017, 500), 'starting', /1017/],
    [{ ...health(null, 502), body: null }, 'starting', /502/],
    [{ ...health(null), status: null, body: null }, 'starting', /no answer/],
    [health([]), 'starting', /200/],
  ] as const)('%#: %s', (one, phase, says) => {
    const told = read(one as ApiCall);
    expect(told).toMatchObject({ phase, never: null });
    expect(told.message).toMatch(says);
  });
});

describe('a cluster', () => {
  const node = (gateway_status: string, role = 'coreapp') => ({ gateway_status, role });
  const down = { errors: [{ code: 1014, title: 'Internal error', details: 'check if wacore is running: b:6252' }] };
  const owner = (shards: number[][], socket_conn = 'UP', multi_connect = true) => ({
    ...{ context: 'healthcheck', socket_conn, multi_connect, shards },
  });
  const ha = (core: Record<string, object>, primary: object = node('disconnected', 'primary_master')) =>
    health({ ...core, 'm-a:1': primary, 'm-b:2': node('disconnected', 'secondary_master') } as never);
  const owned = support({
    'c-a:1': owner(
      [
        [-1, -1],
        [0, 0],
      ],
      'UP',
      false,
    ),
    'c-b:2': owner([], 'DN', false),
  } as never);
  const phaseOf = (one: ApiCall, more: Partial<ReadinessCalls> = {}) => read(one, more).phase;

  it('of high availability has one Coreapp connected, and a primary master', () => {
    const good = ha({ 'c-a:1': node('connected'), 'c-b:2': node('disconnected') });
    expect(read(good, { support: owned })).toMatchObject({
      phase: 'ready',
      topology: 'high-availability',
      unknown: [],
    });
    expect(phaseOf(ha({ 'c-a:1': node('connected'), 'c-b:2': down }), { support: owned })).toBe('ready');
    const two = ha({ 'c-a:1': node('connected'), 'c-b:2': node('connected') });
    expect(read(two, { support: owned })).toMatchObject({
      phase: 'connecting',
      message: expect.stringMatching(/exactly 1/),
    });
    expect(phaseOf(ha({ 'c-a:1': node('connected') }, down), { support: owned })).toBe('connecting');
    const none = ha({ 'c-a:1': node('connecting'), 'c-b:2': node('disconnected') });
    expect(phaseOf(none, { shards: 1 })).toBe('connecting');
    expect(phaseOf(ha({ 'c-a:1': down, 'c-b:2': down }), { shards: 1 })).toBe('starting');
    expect(phaseOf(ha({ 'c-a:1': node('uninitialized'), 'c-b:2': node('disconnected') }), { shards: 1 })).toBe(
      'database',
    );
    const unregistered = ha({ 'c-a:1': node('unregistered'), 'c-b:2': node('disconnected') });
    expect(read(unregistered, { shards: 1 }).never?.code).toBe('unregistered');
  });

  it("judges the connected Coreapp's own socket, by its name", () => {
    const good = ha({ 'c-a:1': node('connected'), 'c-b:2': node('disconnected') });
    const offline = support({
      'c-a:1': owner(
        [
          [-1, -1],
          [0, 0],
        ],
        'UP receiving offline',
        false,
      ),
    } as never);
    expect(phaseOf(good, { support: offline })).toBe('offline-messages');
    const other = support({
      'c-a:1': owner(
        [
          [-1, -1],
          [0, 0],
        ],
        'UP',
        false,
      ),
      'c-b:2': owner([], 'SC', false),
    } as never);
    expect(phaseOf(good, { support: other })).toBe('ready');
  });

  it('of multiconnect has as many connected as shards, and the primary master', () => {
    const primary = node('connected', 'primary_master');
    const core = { 'c-a:1': node('connected'), 'c-b:2': node('connected'), 'c-c:3': node('disconnected') };
    const both = support({ 'c-a:1': owner([[0, 0]]), 'c-b:2': owner([[1, 1]]), 'c-c:3': owner([], 'DN') } as never);
    expect(read(ha(core, primary), { support: both, shards: 2 })).toMatchObject({
      ...{ phase: 'ready', topology: 'multiconnect', unknown: [] },
    });
    const fewer = { ...core, 'c-b:2': node('connecting') };
    expect(read(ha(fewer, primary), { support: both, shards: 2 })).toMatchObject({
      ...{ phase: 'connecting', message: expect.stringMatching(/1 of 2/) },
    });
    const more = { ...core, 'c-c:3': node('connected') };
    expect(read(ha(more, primary), { support: both, shards: 2 })).toMatchObject({
      message: expect.stringMatching(/3 .* exactly 2/),
    });
    const leaderless = ha(core, node('disconnected', 'primary_master'));
    expect(read(leaderless, { support: both, shards: 2 })).toMatchObject({
      message: expect.stringMatching(/primary master is not connected/),
    });
  });

  it('whose shards cannot be counted is ready when nobody is connecting any more, and that is said', () => {
    const primary = node('connected', 'primary_master');
    const told = read(ha({ 'c-a:1': node('connected'), 'c-b:2': node('connected') }, primary));
    expect(told).toMatchObject({ phase: 'ready', topology: 'multiconnect' });
    expect(told.unknown.join()).toMatch(/number of shards could not be asked for/);
    expect(phaseOf(ha({ 'c-a:1': node('connected'), 'c-b:2': node('connecting') }, primary))).toBe('connecting');
  });
});

describe('bodies that are garbage', () => {
  it.each([
    null,
    [],
    'x',
    1,
    { health: null },
    { health: 'x' },
    { health: [1] },
    { health: { a: 1 } },
    { errors: 'x' },
  ])('%j is no state and no crash', (body) => {
    const told = read({ ...health(null), body: body as never }, { support: { ...support(null), body: body as never } });
    expect(told.phase).toBe('starting');
  });

  it('a thousand nodes are read up to their limit', () => {
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [`n${at}:x`, { gateway_status: 'disconnected', role: 'coreapp' }]),
    );
    expect(read(health(many)).phase).toBe('connecting');
  });
});
