import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { network } from '../../../../src/host/answers/network.ts';
import type { Progress } from '../../../../src/host/host.ts';
import { hold } from '../../../../src/host/live/network/hold.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const serve = async (taken: (socket: Socket) => void): Promise<string> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    taken(socket);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return String((server.address() as AddressInfo).port);
};

const held = async (port: string, seconds: string, told: Progress[] = [], signal = new AbortController().signal) =>
  network.hold.parse(await hold(['127.0.0.1', port, seconds], { signal, progress: (one) => void told.push(one) }));

describe('a connection that is held open', () => {
  it('lasts as long as was wanted, and tells how it goes', async () => {
    const told: Progress[] = [];
    const words: Buffer[] = [];
    const port = await serve((socket) => socket.on('data', (chunk) => void words.push(chunk)));
    const answer = await held(port, '1.4', told);
    expect(answer).toEqual({ skipped: null, heldMs: expect.any(Number), wantedMs: 1400, failed: null });
    expect(answer.heldMs).toBeGreaterThanOrEqual(1390);
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(told.at(-1)).toMatchObject({ done: expect.any(Number), note: expect.stringMatching(/^open for 1 of 1 s$/) });
    expect(words).toEqual([]);
  });
  it('an end in good order and a reset are told apart', async () => {
    const ended = await held(await serve((socket) => void setTimeout(() => socket.end(), 200)), '5');
    expect(ended).toMatchObject({ failed: { step: 'tcp', kind: 'closed', code: null } });
    expect(ended.heldMs).toBeGreaterThan(100);
    expect(ended.heldMs).toBeLessThan(2000);
    const reset = await held(await serve((socket) => void setTimeout(() => socket.resetAndDestroy(), 200)), '5');
    expect(reset).toMatchObject({ failed: { step: 'tcp', kind: 'closed', code: 'ECONNRESET' } });
    expect(reset.heldMs).toBeGreaterThan(100);
  });
  it('one that did not come about was not held at all', async () => {
    expect(await held('1', '5')).toMatchObject({ heldMs: 0, failed: { step: 'tcp', kind: 'refused' } });
  });
  it('is let go as soon as it is cancelled', async () => {
    let open = 0;
    const port = await serve((socket) => {
      open += 1;
      socket.on('close', () => {
        open -= 1;
      });
    });
    const stop = new AbortController();
    const asked = held(port, '60', [], stop.signal);
    const over = expect(asked).rejects.toThrow('cancelled');
    await vi.waitFor(() => expect(open).toBe(1), { timeout: 5000 });
    stop.abort(new Error('cancelled'));
    await over;
    await vi.waitFor(() => expect(open).toBe(0), { timeout: 2000 });
  });
});
