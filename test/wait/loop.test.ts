import { describe, expect, it } from 'vitest';
import { type WaitEvent, waitEvent } from '../../src/wait/events.ts';
import type { Look } from '../../src/wait/look.ts';
import { type Waiting, waiting } from '../../src/wait/loop.ts';
import { endWords, lineOf } from '../../src/wait/words.ts';
import { oneHealth, oneSupport, refusal } from '../support/api-answers.ts';
import { virtualTime } from '../support/virtual-time.ts';

const LEAF = {
  ...{ subject: 'CN=localhost', issuer: 'CN=localhost', validFrom: '', validTo: '', fingerprint: 'AA:BB' },
  ...{ selfSigned: true, names: [], keyBits: 256 },
};
const ENDPOINT: NonNullable<Look['endpoint']> = {
  ...{ url: 'https://localhost:9090', from: 'container waweb', none: null, others: [], address: '127.0.0.1' },
  ...{ steps: [], failed: null },
  tls: { ...{ protocol: 'TLSv1.3', cipher: '', trusted: true, by: 'system', fault: null }, chain: [LEAF] },
};
const refused = { step: 'tcp', kind: 'refused', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' } as const;
const TOKEN: NonNullable<Look['login']> = { places: [], state: 'token', user: 'admin', expiresAt: null, call: null };
const NOTHING: Look = {
  ...{ endpoint: ENDPOINT, login: TOKEN, health: null, support: null, further: [], shards: null },
  ...{ containers: [], failed: [] },
};
const saying = (status: string, socket: string): Look => ({
  ...NOTHING,
  ...{ health: oneHealth(status), support: oneSupport(socket) },
});
const STARTING: Look = { ...NOTHING, endpoint: { ...ENDPOINT, failed: refused, tls: null }, login: null };
const DATABASE = saying('uninitialized', 'UNK');
const CONNECTING = saying('connecting', 'SC');
const TEMPLATES: Look = { ...saying('connected', 'UP'), further: [refusal('/v1/stats/app', 1011, 500)] };
const OFFLINE = saying('connected', 'UP receiving offline');
const READY = saying('connected', 'UP');
const SILENT: Look = { ...NOTHING, failed: ['no answer to api "health" within 10 s'] };
const coreapp = (restartCount: number, status = 'running'): Look['containers'] => [
  {
    ...{ id: '1', name: 'wacore', role: 'coreapp' },
    state: {
      ...{ status, exitCode: 1, oomKilled: false, restartCount, startedAt: null, finishedAt: null, error: null },
    },
  },
];
const loginThat = (state: NonNullable<Look['login']>['state']): Look => ({ ...NOTHING, login: { ...TOKEN, state } });

const MINUTE = 60_000;
const LIFECYCLE = { status: 'ended', endedOn: '2025-10-23', message: 'The vendor ended this product.' } as const;

/** A wait over looks, one for each poll, the last one for all that follow; each of them takes a second. */
const over = async (
  looks: readonly (Look | 'hangs')[],
  { pollMs = 1000, ...change }: Partial<Waiting> & { readonly pollMs?: number } = {},
) => {
  const time = virtualTime();
  let polls = 0;
  const poll = async (signal: AbortSignal): Promise<Look> => {
    const look = looks[Math.min(polls, looks.length - 1)] ?? SILENT;
    polls += 1;
    if (look === 'hangs') return new Promise(() => {});
    await time.clock.pause(pollMs, signal);
    return look;
  };
  const { yielded, returned } = await time.run(
    waiting(poll, {
      ...{ timeoutMs: 7 * MINUTE, intervalMs: 5000, heartbeatMs: 9000, lifecycle: LIFECYCLE, clock: time.clock },
      ...{ tool: { name: 'wa-preflight', version: '0.1.0' }, local: () => true, signal: new AbortController().signal },
      ...change,
    }),
  );
  const events: readonly WaitEvent[] = [...yielded, returned];
  for (const event of events) expect(waitEvent.safeParse(event).error, JSON.stringify(event)).toBe(undefined);
  expect(events[0]?.event).toBe('started');
  for (const [at, { elapsedMs }] of events.entries())
    expect(elapsedMs - (events[at - 1]?.elapsedMs ?? 0)).toBeLessThanOrEqual(10_000);
  const phases = events.flatMap((event) => (event.event === 'phase' ? [event.phase] : []));
  const kinds = events.map(({ event }) => event);
  return { end: returned, events, phases, kinds, polls, tookMs: time.now() };
};

describe('a start without a fault', () => {
  it('goes through the phases, each told once, to ready', async () => {
    const { end, phases, tookMs, kinds } = await over([
      ...[STARTING, STARTING, DATABASE, CONNECTING, TEMPLATES, OFFLINE, OFFLINE, READY],
    ]);
    expect(phases).toEqual(['starting', 'database', 'connecting', 'templates', 'offline-messages', 'ready']);
    expect(end).toMatchObject({ event: 'ready', exitCode: 0, phase: 'ready', topology: 'single', flaps: [], polls: 8 });
    expect(kinds).not.toContain('poll-failed');
    expect(end.phases.map(({ phase }) => phase)).toEqual(phases);
    // Eight polls of a second, and seven pauses.
    expect(tookMs).toBe(8 * 1000 + 7 * 5000);
  });

  it('is over at the first poll where all is well', async () => {
    expect((await over([READY])).kinds).toEqual(['started', 'phase', 'ready']);
  });

  it('waits out an API that is not found', async () => {
    const none = {
      ...NOTHING,
      endpoint: { ...ENDPOINT, url: null, from: null, none: 'no Webapp was found', tls: null },
    };
    const { phases, end } = await over([none, STARTING, READY]);
    expect(phases).toEqual(['absent', 'starting', 'ready']);
    expect(end.exitCode).toBe(0);
  });
});

describe('the end of the time', () => {
  it('comes on the dot, also while a poll hangs, and tells the last phase and for how long', async () => {
    const hung = await over([CONNECTING, 'hangs'], { timeoutMs: 20_000 });
    expect(hung.end).toMatchObject({
      event: 'timeout',
      exitCode: 3,
      phase: 'connecting',
      phaseMs: 20_000,
      elapsedMs: 20_000,
    });
    expect(hung.tookMs).toBe(20_000);
    const resting = await over([CONNECTING], { timeoutMs: 3000 });
    expect(resting.end).toMatchObject({ event: 'timeout', elapsedMs: 3000, polls: 1 });
    const never = await over(['hangs'], { timeoutMs: 1 });
    expect(never.end).toMatchObject({ event: 'timeout', polls: 0, phase: 'absent' });
    expect(endWords(hung.end)).toMatch(/^time is up after 20 s: connecting for 20 s \(.*\)\.$/);
  });

  it('names what takes longer than the vendor says', async () => {
    const { end } = await over([OFFLINE]);
    expect(endWords(end)).toContain('longer than the 6 minutes that the vendor names');
    const short = await over([OFFLINE], { timeoutMs: 5 * MINUTE });
    expect(endWords(short.end)).not.toContain('longer than');
  });

  it('is not held up by a poll that rejects when its signal is aborted', async () => {
    const { end } = await over([CONNECTING], { timeoutMs: 6500 });
    expect(end).toMatchObject({ event: 'timeout', elapsedMs: 6500 });
  });
});

describe('flapping', () => {
  it('is a phase that goes back after it was connected, and is counted', async () => {
    const looks = [CONNECTING, OFFLINE, CONNECTING, OFFLINE, CONNECTING];
    const { end, events } = await over(looks, { timeoutMs: MINUTE });
    expect(events.flatMap((event) => (event.event === 'flapping' ? [event.count] : []))).toEqual([1, 2]);
    expect(end.flaps).toHaveLength(2);
    expect(endWords(end)).toContain('It is flapping, not slow: 2 times');
  });

  it('is not a slow start, nor one phase of a connection after another', async () => {
    const { end } = await over([CONNECTING, DATABASE, CONNECTING, TEMPLATES, OFFLINE, TEMPLATES, OFFLINE, READY]);
    expect(end.flaps).toEqual([]);
  });

  it('is a container that was started again, counted once with the connection that it cost', async () => {
    const with_ = (look: Look, restarts: number) => ({ ...look, containers: coreapp(restarts) });
    const { end } = await over([with_(OFFLINE, 4), with_(CONNECTING, 5), with_(CONNECTING, 5), with_(READY, 5)]);
    expect(end).toMatchObject({ event: 'ready', flaps: [{ message: 'wacore was started again' }] });
    expect(endWords(end)).toContain('It flapped once on the way.');
    // Of one that was not connected yet too.
    const early = await over([with_(STARTING, 0), with_(STARTING, 1), with_(READY, 1)]);
    expect(early.end.flaps).toHaveLength(1);
  });

  it('is not one poll without an answer, but two', async () => {
    const one = await over([OFFLINE, SILENT, OFFLINE, READY]);
    expect(one.end.flaps).toEqual([]);
    expect(one.phases).toEqual(['offline-messages', 'ready']);
    expect(one.end).toMatchObject({ unanswered: 1 });
    expect(one.events.filter(({ event }) => event === 'poll-failed')).toMatchObject([{ inRow: 1 }]);
    const two = await over([OFFLINE, SILENT, SILENT, OFFLINE, READY]);
    expect(two.phases).toEqual(['offline-messages', 'starting', 'offline-messages', 'ready']);
    expect(two.end.flaps).toHaveLength(1);
  });
});

describe('what no waiting mends', () => {
  it.each([
    ['denied', loginThat('denied'), 1],
    ['throttled', loginThat('throttled'), 1],
    ['password-change', loginThat('password-change'), 1],
    ['untrusted', loginThat('untrusted'), 1],
    ['no-login', loginThat('no-login'), 2],
    ['expired', { ...READY, support: oneSupport('UP', { expire_timestamp: '2025-10-23T00:00:00' }) }, 1],
    ['unauthorised', { ...NOTHING, health: refusal('/v1/health', 1005, 401) }, 1],
  ] as const)('%s ends it at once', async (code, look, exitCode) => {
    const { end, polls } = await over([look as Look]);
    expect(end).toMatchObject({ event: 'failed', code, exitCode });
    expect(end.remedy).toMatch(/\.$/);
    expect(polls).toBe(1);
  });

  it('tells the fingerprint of a certificate that is not trusted, also with a key', async () => {
    expect((await over([loginThat('untrusted')])).end.message).toContain('SHA-256 AA:BB');
    const failed = { ...refused, step: 'tls', kind: 'untrusted' } as const;
    const byKey = { ...loginThat('key'), health: { ...oneHealth('x'), status: null, body: null, failed } };
    expect((await over([byKey])).end).toMatchObject({ code: 'untrusted', exitCode: 1 });
  });

  it.each([
    ['unregistered', saying('unregistered', 'DN')],
    ['exited', { ...STARTING, containers: coreapp(0, 'exited') }],
  ])('%s ends it when two polls say so, and not when it passes', async (code, look) => {
    const { end, polls } = await over([look]);
    expect(end).toMatchObject({ event: 'failed', exitCode: 1, code });
    expect(polls).toBe(2);
    expect((await over([look, CONNECTING, look, READY])).end.event).toBe('ready');
  });

  it('a crash loop ends it, unless the containers are not those that are waited for', async () => {
    const looks = [0, 1, 2, 3].map((restarts) => ({ ...STARTING, containers: coreapp(restarts, 'restarting') }));
    const { end } = await over(looks);
    expect(end).toMatchObject({ event: 'failed', code: 'crash-loop', exitCode: 1, flaps: { length: 3 } });
    expect(end.remedy).toContain('docker logs');
    expect((await over(looks, { local: () => false, timeoutMs: MINUTE })).end.event).toBe('timeout');
  });

  it('a container that is down is in nobody’s way where the API says ready', async () => {
    expect((await over([{ ...READY, containers: coreapp(0, 'exited') }])).end.event).toBe('ready');
  });

  it('a login that fails for another reason is tried again, and tells how far the start is', async () => {
    const failing = {
      ...loginThat('failed'),
      login: { ...TOKEN, state: 'failed', call: refusal('/v1/users/login', 1023, 500) },
    };
    const { end, phases } = await over([failing as Look, READY]);
    expect(phases).toEqual(['database', 'ready']);
    expect(end.exitCode).toBe(0);
  });
});

describe('being stopped', () => {
  it.each([129, 130, 143])('ends it with %i and all that is known', async (exitCode) => {
    const controller = new AbortController();
    const time = virtualTime();
    const steps = waiting(
      async () => {
        controller.abort({ by: 'a signal', exitCode });
        return CONNECTING;
      },
      {
        ...{ timeoutMs: MINUTE, intervalMs: 5000, heartbeatMs: 9000, lifecycle: LIFECYCLE, clock: time.clock },
        ...{ tool: { name: 'x', version: '1' }, local: () => true, signal: controller.signal },
      },
    );
    expect((await time.run(steps)).returned).toMatchObject({ event: 'stopped', exitCode, code: null });
  });

  it('before it began ends it too', async () => {
    const { end } = await over([READY], { signal: AbortSignal.abort({ exitCode: 143 }) });
    expect(end).toMatchObject({ event: 'stopped', exitCode: 143, polls: 0 });
  });
});

describe('foreign text', () => {
  it('is printable in every event and line', async () => {
    const evil = 'a\u001b[2Jb\u202ec\nd';
    const looks = [
      { ...NOTHING, health: refusal('/v1/health', 1014, 500, evil), support: null },
      { ...saying(evil, 'SC'), containers: coreapp(0) },
    ];
    const { events, end } = await over(looks, { timeoutMs: MINUTE });
    const text = JSON.stringify(events) + events.map(lineOf).join() + endWords(end);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]|\\u001b|\\n/);
    expect(text).toContain('x1b');
  });
});
