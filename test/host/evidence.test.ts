import { describe, expect, it } from 'vitest';
import { type Evidence, recorded, recordingSchema, replayed } from '../../src/host/evidence.ts';
import type { Ask, Asking, Progress, Question } from '../../src/host/host.ts';

const NOW: Question = ['system', 'now'];
const asker = () => {
  const stop = new AbortController();
  const told: Progress[] = [];
  const asking: Asking = { signal: stop.signal, progress: (progress) => told.push(progress) };
  return { asking, stop: () => stop.abort(new Error('cancelled')), told };
};
const settled = () => new Promise((done) => setImmediate(done));

/** A host that answers when it is told to, and gives up when its signal says so. */
const patient = () => {
  const calls: { readonly asking: Asking; readonly answer: (value: number) => void }[] = [];
  const ask: Ask = (_, asking) =>
    new Promise((answer, reject) => {
      calls.push({ asking, answer });
      asking.signal.addEventListener('abort', () => reject(asking.signal.reason));
    });
  return { ask, calls };
};

describe('recorded', () => {
  it('asks each question once and keeps the answer or the error', async () => {
    const evidence: Evidence = {};
    let asked = 0;
    const host = recorded(async ([, topic]) => {
      asked += 1;
      if (topic === 'cpu') throw new Error('no right to look');
      return { topic: topic ?? null };
    }, evidence);
    const { asking } = asker();
    const both = await Promise.all([host(NOW, asking), host(NOW, asker().asking)]);
    await expect(host(['system', 'cpu'], asking)).rejects.toThrow('no right to look');
    await expect(host(['system', 'cpu'], asking)).rejects.toThrow('no right to look');
    expect(both).toEqual([{ topic: 'now' }, { topic: 'now' }]);
    expect(asked).toBe(2);
    expect(evidence).toEqual({
      'system "now"': { value: { topic: 'now' } },
      'system "cpu"': { error: 'no right to look' },
    });
  });

  it('keeps an error that is none as its text', async () => {
    const evidence: Evidence = {};
    const host = recorded(() => Promise.reject('just words'), evidence);
    await expect(host(NOW, asker().asking)).rejects.toBe('just words');
    expect(evidence).toEqual({ 'system "now"': { error: 'just words' } });
  });

  it('goes on while one of those who asked still waits', async () => {
    const { ask, calls } = patient();
    const evidence: Evidence = {};
    const host = recorded(ask, evidence);
    const [gone, waiting] = [asker(), asker()];
    const answers = [host(NOW, gone.asking), host(NOW, waiting.asking)];
    gone.stop();
    expect(calls[0]?.asking.signal.aborted).toBe(false);
    calls[0]?.answer(7);
    expect(await Promise.all(answers)).toEqual([7, 7]);
    expect(evidence).toEqual({ 'system "now"': { value: 7 } });
  });

  it('is stopped when all gave up, which is no evidence, and may be asked again', async () => {
    const { ask, calls } = patient();
    const evidence: Evidence = {};
    const host = recorded(ask, evidence);
    const askers = [asker(), asker()];
    const answers = askers.map(({ asking }) => host(NOW, asking));
    for (const { stop } of askers) stop();
    for (const answer of answers) await expect(answer).rejects.toThrow('cancelled');
    expect(calls[0]?.asking.signal.aborted).toBe(true);
    expect(evidence).toEqual({});
    const again = host(NOW, asker().asking);
    calls[1]?.answer(8);
    expect(await again).toBe(8);
    expect(evidence).toEqual({ 'system "now"': { value: 8 } });
  });

  it('tells everyone who waits how far it is', async () => {
    const { ask, calls } = patient();
    const host = recorded(ask, {});
    const [one, two] = [asker(), asker()];
    const answers = [host(NOW, one.asking), host(NOW, two.asking)];
    calls[0]?.asking.progress({ done: 0.5 });
    expect([one.told, two.told]).toEqual([[{ done: 0.5 }], [{ done: 0.5 }]]);
    calls[0]?.answer(1);
    await Promise.all(answers);
  });

  it('leaves no rejection unhandled when nobody waits any more', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const { asking, stop } = asker();
    const { ask } = patient();
    recorded(ask, {})(NOW, asking).catch(() => {});
    stop();
    await settled();
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });
});

describe('replayed', () => {
  const host = replayed({ 'system "now"': { value: 5 }, 'system "cpu"': { error: 'no right to look' } });

  it('answers what was recorded, values and errors', async () => {
    await expect(host(NOW, asker().asking)).resolves.toBe(5);
    await expect(host(['system', 'cpu'], asker().asking)).rejects.toThrow('no right to look');
  });

  it('says of a question that was never asked that it was not', async () => {
    await expect(host(['system', 'memory'], asker().asking)).rejects.toThrow('holds no answer to system "memory"');
    await expect(replayed({})(['system', 'now'], asker().asking)).rejects.toThrow('holds no answer');
  });
});

describe('a recording', () => {
  const head = { schemaVersion: '1.0', kind: 'HostEvidence', tool: { name: 'x', version: '1' }, recordedAt: 'now' };

  it('is read in its own major version alone', () => {
    const evidence = { 'system "now"': { value: { epochMs: 1 } } };
    expect(recordingSchema.safeParse({ ...head, evidence }).success).toBe(true);
    expect(recordingSchema.safeParse({ ...head, schemaVersion: '1.4', evidence, later: 1 }).success).toBe(true);
    expect(recordingSchema.safeParse({ ...head, schemaVersion: '2.0', evidence }).success).toBe(false);
    expect(recordingSchema.safeParse({ ...head, kind: 'HostReport', evidence }).success).toBe(false);
    expect(recordingSchema.safeParse({ ...head, evidence: { a: { value: 1, error: 'b' } } }).success).toBe(false);
    expect(recordingSchema.safeParse({ ...head, evidence: { a: 1 } }).success).toBe(false);
  });
});
