import { describe, expect, it } from 'vitest';
import { sharedLook } from '../../../src/host/live/shared-look.ts';

const signal = () => new AbortController().signal;

/** A look that is answered by hand. */
const byHand = () => {
  const looks: { readonly signal: AbortSignal; answer: (value: string) => void; fail: (error: Error) => void }[] = [];
  const shared = sharedLook(
    (by) =>
      new Promise<string>((answer, fail) => {
        looks.push({ signal: by, answer, fail });
        by.addEventListener('abort', () => fail(by.reason), { once: true });
      }),
  );
  return { looks, shared };
};

describe('a look that is shared', () => {
  it('is taken once, for all who ask, and those who come later', async () => {
    const { looks, shared } = byHand();
    const asked = [shared.ask(signal()), shared.ask(signal())];
    looks[0]?.answer('seen');
    expect(await Promise.all([...asked, shared.ask(signal())])).toEqual(['seen', 'seen', 'seen']);
    expect(looks).toHaveLength(1);
  });
  it('fails for all, and stays failed until it is renewed', async () => {
    const { looks, shared } = byHand();
    const asked = [shared.ask(signal()), shared.ask(signal())];
    looks[0]?.fail(new Error('silent'));
    for (const one of asked) await expect(one).rejects.toThrow('silent');
    await expect(shared.ask(signal())).rejects.toThrow('silent');
    shared.renew();
    const anew = shared.ask(signal());
    looks[1]?.answer('seen');
    expect(await anew).toBe('seen');
  });
  it('goes on for the others where one gives up, who hears it at once', async () => {
    const { looks, shared } = byHand();
    const stop = new AbortController();
    const gaveUp = shared.ask(stop.signal);
    const waits = shared.ask(signal());
    stop.abort(new Error('too long'));
    await expect(gaveUp).rejects.toThrow('too long');
    expect(looks[0]?.signal.aborted).toBe(false);
    looks[0]?.answer('seen');
    expect(await waits).toBe('seen');
    expect(looks).toHaveLength(1);
  });
  it('is stopped where all gave up, and taken anew for the next', async () => {
    const { looks, shared } = byHand();
    const stop = new AbortController();
    const asked = [shared.ask(stop.signal), shared.ask(stop.signal)];
    stop.abort(new Error('cancelled'));
    for (const one of asked) await expect(one).rejects.toThrow('cancelled');
    expect(looks[0]?.signal.aborted).toBe(true);
    const anew = shared.ask(signal());
    looks[1]?.answer('seen');
    expect(await anew).toBe('seen');
  });
  it('is not begun for one who gave up before', async () => {
    const { looks, shared } = byHand();
    await expect(shared.ask(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
    expect(looks).toHaveLength(0);
  });
});
