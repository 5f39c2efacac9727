import { describe, expect, it } from 'vitest';
import { bounded } from '../../src/host/bounded.ts';
import type { Ask, Asking, Question } from '../../src/host/host.ts';

const WRITE: Question = ['disk', 'write-latency', '/x'];
const READ: Question = ['disk', 'read-latency', '/x'];
const file = (name: number): Question => ['readFile', `/${name}`];
const asking = (signal = new AbortController().signal): Asking => ({ signal, progress: () => {} });
const turn = () => new Promise((done) => setImmediate(done));

/** A host that keeps its questions open until they are let go, and notes who was there at the same time. */
const counting = () => {
  const open = new Map<string, () => void>();
  const seen: (readonly string[])[] = [];
  const ask: Ask = (question, { signal }) =>
    new Promise((answer, reject) => {
      const name = question.join(' ');
      const leave = (end: () => void) => () => {
        open.delete(name);
        end();
      };
      open.set(
        name,
        leave(() => answer(name)),
      );
      signal.addEventListener(
        'abort',
        leave(() => reject(signal.reason)),
      );
      seen.push([...open.keys()]);
    });
  const letGo = async () => {
    for (const end of [...open.values()]) end();
    await turn();
  };
  return { ask, open, seen, letGo };
};

describe('a bounded host', () => {
  it('asks at most eight questions at a time, and all of them in the end', async () => {
    const { ask, open, seen, letGo } = counting();
    const host = bounded(ask, 10_000);
    const answers = Array.from({ length: 20 }, (_, at) => host(file(at), asking()));
    await turn();
    expect(open.size).toBe(8);
    while (open.size > 0) await letGo();
    expect((await Promise.all(answers)).length).toBe(20);
    expect(Math.max(...seen.map((names) => names.length))).toBe(8);
  });

  it('lets nobody wait for what only waits', async () => {
    const { ask, open, letGo } = counting();
    const host = bounded(ask, 10_000);
    const hold: Question = ['network', 'hold', 'localhost', '1', '600'];
    const answers = [hold, WRITE].map((one) => host(one, asking()));
    await turn();
    expect([...open.keys()]).toEqual([hold.join(' '), WRITE.join(' ')]);
    while (open.size > 0) await letGo();
    expect(await Promise.all(answers)).toEqual([hold.join(' '), WRITE.join(' ')]);
  });

  it('asks what measures time alone, after all that is short', async () => {
    const { ask, open, seen, letGo } = counting();
    const host = bounded(ask, 10_000);
    const questions = [file(1), WRITE, file(2), READ, file(3)];
    const answers = questions.map((question) => host(question, asking()));
    await turn();
    expect([...open.keys()]).toEqual(['readFile /1', 'readFile /2', 'readFile /3']);
    while (open.size > 0) await letGo();
    await Promise.all(answers);
    expect(seen.filter((names) => names.some((name) => name.startsWith('disk')))).toEqual([
      ['disk write-latency /x'],
      ['disk read-latency /x'],
    ]);
  });

  it('lets nothing in beside a question that measures time', async () => {
    const { ask, open, letGo } = counting();
    const host = bounded(ask, 10_000);
    const answers = [host(WRITE, asking())];
    await turn();
    answers.push(host(file(1), asking()), host(READ, asking()));
    await turn();
    expect([...open.keys()]).toEqual(['disk write-latency /x']);
    await letGo();
    expect([...open.keys()]).toEqual(['readFile /1']);
    while (open.size > 0) await letGo();
    await Promise.all(answers);
  });

  it('ends a question at its deadline, stops the work behind it, and lets the next one in', async () => {
    let stopped: unknown;
    const host = bounded((question, { signal }) => {
      if (question[1] !== '/1') return Promise.resolve('answered');
      return new Promise(() => {
        signal.addEventListener('abort', () => {
          stopped = signal.reason;
        });
      });
    }, 30);
    const hung = Array.from({ length: 8 }, () => host(file(1), asking()));
    const next = host(file(2), asking());
    for (const answer of hung) await expect(answer).rejects.toThrow('no answer to readFile "/1" within 0.03 s');
    expect(stopped).toBeInstanceOf(Error);
    expect(await next).toBe('answered');
  });

  it('keeps Node alive for a question that never settles', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const stop = new AbortController();
    const answer = bounded(() => new Promise(() => {}), 60_000)(file(1), asking(stop.signal));
    await turn();
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeGreaterThan(before);
    stop.abort();
    await expect(answer).rejects.toThrow('cancelled');
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBe(before);
  });

  it('ends a question when the one who asked gives up', async () => {
    const stop = new AbortController();
    let passed: AbortSignal | undefined;
    const host = bounded((_, { signal }) => {
      passed = signal;
      return new Promise(() => {});
    }, 10_000);
    const answer = host(file(1), asking(stop.signal));
    await turn();
    stop.abort();
    await expect(answer).rejects.toThrow('cancelled');
    expect(passed?.aborted).toBe(true);
  });

  it('does not even begin for one who gave up while waiting, and frees the place', async () => {
    const { ask, open, letGo } = counting();
    const host = bounded(ask, 10_000);
    const stop = new AbortController();
    const answers = [host(WRITE, asking()), host(READ, asking(stop.signal)), host(file(1), asking())];
    const given = expect(answers[1]).rejects.toThrow('cancelled');
    await turn();
    stop.abort();
    while (open.size > 0) {
      expect([...open.keys()]).not.toContain('disk read-latency /x');
      await letGo();
    }
    await given;
    expect(await answers[2]).toBe('readFile /1');
  });

  it('frees the place of a question that throws', async () => {
    const host = bounded(() => {
      throw new Error('at once');
    }, 10_000);
    for (let at = 0; at < 20; at += 1) await expect(host(WRITE, asking())).rejects.toThrow('at once');
  });

  it('passes on what is told on the way', async () => {
    const told: unknown[] = [];
    const host = bounded(async (_, { progress }) => {
      progress({ done: 0.5, note: 'half' });
      return 1;
    }, 10_000);
    await host(file(1), { signal: new AbortController().signal, progress: (one) => told.push(one) });
    expect(told).toEqual([{ done: 0.5, note: 'half' }]);
  });
});
