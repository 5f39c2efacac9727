import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { buffer, json, text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineFault } from '../../../../src/host/live/docker/engine-fault.ts';
import {
  answered,
  type Call,
  EngineRefusal,
  engineApi,
  modemOf,
  type Terms,
} from '../../../../src/host/live/docker/modem.ts';
import { answer, type StandIn, standInEngine, standInSocket } from '../../../support/stand-in-engine.ts';

const standIns: StandIn[] = [];
afterEach(async () => {
  await Promise.all(standIns.splice(0).map(({ stop }) => stop()));
});

const wayTo = async (made: Promise<StandIn>) => {
  const standIn = await made;
  standIns.push(standIn);
  return { kind: 'socket', path: standIn.path } as const;
};
const terms = (over: Partial<Terms> = {}): Terms => ({
  signal: new AbortController().signal,
  deadlineMs: 3000,
  ...over,
});
/** dockerode in front of a stand-in for an Engine. */
const over = async (listener: RequestListener, given: Partial<Terms> = {}) =>
  engineApi(await wayTo(standInEngine(listener)), terms(given));
/** A stand-in that answers everything alike, and what it was asked. */
const keeping = (seen: IncomingMessage[], body: unknown = {}, status = 200): RequestListener => {
  return (request, response) => {
    seen.push(request);
    answer(response, body, status);
  };
};

describe('what dockerode asks for', () => {
  it('goes into the query: flags as 1, filters as JSON, lists repeated, everything encoded', async () => {
    const seen: IncomingMessage[] = [];
    const docker = await over(keeping(seen, []));
    await docker.listContainers({ all: true, size: false, filters: { label: ['a=b & "ü"'] } });
    const url = new URL(seen[0]?.url ?? '', 'http://engine');
    expect(url.pathname).toBe('/containers/json');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      all: '1',
      size: '0',
      filters: '{"label":["a=b & \\"ü\\""]}',
    });
    expect(seen[0]?.url).toMatch(/^[!-~]+$/);
    await docker.getContainer('x').remove({ force: true, v: true });
    await docker.getContainer('x').inspect();
    await docker.getContainer('x').start();
    expect(seen.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'DELETE /containers/x?force=1&v=1',
      'GET /containers/x/json',
      'POST /containers/x/start',
    ]);
    expect(seen[3]?.headers['content-type']).toBeUndefined();
  });
  it('goes into the body apart from the query', async () => {
    let body: unknown;
    let url: string | undefined;
    const docker = await over(async (request, response) => {
      url = request.url;
      body = await json(request);
      answer(response, { Id: 'a1' }, 201);
    });
    const options = { _query: { name: 'n 1' }, _body: { Image: 'i:1' }, abortSignal: new AbortController().signal };
    expect((await docker.createContainer(options)).id).toBe('a1');
    expect(url).toBe('/containers/create?name=n+1');
    expect(body).toEqual({ Image: 'i:1' });
  });
  it.each([
    ['a stream', () => Readable.from([Buffer.from('ta'), Buffer.from('r')])],
    ['bytes', () => Buffer.from('tar')],
  ])('sends %s as a file, and gives the answer back as a stream', async (_, file) => {
    let asked: IncomingMessage | undefined;
    let body: Buffer | undefined;
    const docker = await over(async (request, response) => {
      asked = request;
      body = await buffer(request);
      response.end('{"status":"sha256:1"}');
    });
    const options = { repo: 'r', tag: 't', changes: ['LABEL a="b"', 'LABEL c="d"'] };
    const imported = await docker.importImage(file() as Readable, options);
    expect(await text(imported)).toBe('{"status":"sha256:1"}');
    const url = new URL(asked?.url ?? '', 'http://engine');
    expect([...url.searchParams]).toEqual([
      ['repo', 'r'],
      ['tag', 't'],
      ['changes', 'LABEL a="b"'],
      ['changes', 'LABEL c="d"'],
      ['fromSrc', '-'],
    ]);
    expect(asked?.headers).toMatchObject({ 'content-type': 'application/x-tar', 'content-length': '3' });
    expect(body?.toString()).toBe('tar');
  });
  it('reads no file of this machine, sends no credentials and attaches to nothing', async () => {
    const seen: IncomingMessage[] = [];
    const docker = await over(keeping(seen));
    await expect(docker.importImage('/etc/passwd')).rejects.toThrow('would need a stream or a file');
    await expect(docker.getContainer('x').attach({ stream: true, hijack: true, stdin: true })).rejects.toThrow(
      'would need a stream',
    );
    expect(seen).toEqual([]);
    await text(await docker.createImage({ password: 'hunter2' }, { fromImage: 'x' }));
    expect(JSON.stringify([seen[0]?.url, seen[0]?.rawHeaders])).not.toMatch(/hunter2|registry-auth/i);
  });
});

describe('what the Engine answers', () => {
  it.each([
    [404, 'no such container', 'No such container: x'],
    [409, undefined, 'removal of container x is already in progress'],
    [500, 'server error', 'out\nof  memory'],
    [302, undefined, ''],
  ])('%i is a refusal with its reason and words', async (status, reason, message) => {
    const docker = await over(keeping([], { message }, status));
    const refusal = await answered(docker.getContainer('x').remove());
    const said = message.replace(/\s+/g, ' ');
    expect(refusal).toBeInstanceOf(EngineRefusal);
    expect(refusal).toMatchObject({ statusCode: status, reason, json: { message } });
    expect(refusal).toMatchObject({
      message: `(HTTP code ${status}) ${reason ?? 'unexpected'} - ${said}`,
      words: said ? `${status}: ${said}` : `${status}`,
    });
  });
  it('409 of an image is a conflict, as dockerode knows it', async () => {
    const docker = await over(keeping([], { message: 'in use' }, 409));
    await expect(docker.getImage('i:1').remove()).rejects.toThrow('(HTTP code 409) conflict - in use');
  });
  it.each(['null', '', 'garbage', '[]', '0', '"text"'])('%j in place of a container upsets nothing', async (body) => {
    const docker = await over((_, response) => response.writeHead(201).end(body));
    await expect(docker.createContainer({ Image: 'i' })).resolves.toMatchObject({ id: undefined });
  });
  it('is heard with its headers', async () => {
    const dates: unknown[] = [];
    const docker = await over(keeping([], []), { heard: ({ headers }) => dates.push(Date.parse(headers.date ?? '')) });
    await docker.listImages();
    expect(dates).toEqual([expect.any(Number)]);
    expect(dates[0]).toBeGreaterThan(0);
  });
  it('fails the call where its result is thrown at', async () => {
    const way = await wayTo(standInEngine(keeping([])));
    const call: Call = { path: '/x', method: 'GET', statusCodes: { 200: true } };
    const failure = await new Promise((told) =>
      modemOf(way, terms()).dial(call, (error) => {
        if (error) told(error);
        else throw new Error('thrown at the result');
      }),
    );
    expect(failure).toEqual(new Error('thrown at the result'));
  });
});

describe('what is not borne', () => {
  it.each(['file:///etc/passwd', 'http://127.0.0.1:1/', 'http://[', ''])(
    'a redirect to %j is a refusal, and is followed nowhere',
    async (Location) => {
      const seen: IncomingMessage[] = [];
      const docker = await over((request, response) => {
        seen.push(request);
        response.writeHead(302, { Location }).end();
      });
      const calls = [
        docker.listContainers(),
        docker.importImage(Readable.from(['x'])),
        docker.getContainer('x').wait(),
      ];
      const refusals = await Promise.all(calls.map((call) => answered<unknown>(call)));
      expect(refusals).toMatchObject([{ statusCode: 302 }, { statusCode: 302 }, { statusCode: 302 }]);
      expect(seen).toHaveLength(3);
    },
  );
  it.each([
    ['results', 200],
    ['refusals', 500],
  ])('%s of 5 MiB', async (_, status) => {
    const docker = await over(keeping([], 'x'.repeat(5 << 20), status));
    for (const call of [() => docker.listImages(), () => docker.importImage(Readable.from(['x']))])
      await expect(call()).rejects.toThrow('it answered with more than 4 MiB');
  });
  it('an answer that does not come, or breaks off', async () => {
    const silent = await engineApi(await wayTo(standInSocket(() => {})), terms({ deadlineMs: 200 }));
    await expect(silent.listImages()).rejects.toEqual(
      new EngineFault('silent', 'the Docker Engine gave no answer to GET /images/json: it did not answer within 0.2 s'),
    );
    const broken = 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{';
    const breaking = await engineApi(await wayTo(standInSocket((socket) => socket.end(broken))), terms());
    for (const call of [() => breaking.listImages(), () => breaking.importImage(Readable.from(['x']))])
      await expect(call()).rejects.toMatchObject({ state: 'not-an-engine' });
  });
  it('waiting on once cancelled, by the signal of the call where it has one', async () => {
    const all = new AbortController();
    const one = new AbortController();
    const docker = await over(() => {}, { signal: all.signal });
    const own = docker.listImages({ abortSignal: one.signal }).catch((error: Error) => error.message);
    const other = docker.listImages().catch((error: Error) => error.message);
    all.abort(new Error('all cancelled'));
    expect(await other).toBe('all cancelled');
    expect(await Promise.race([own, once(AbortSignal.timeout(50), 'abort').then(() => 'still waiting')])).toBe(
      'still waiting',
    );
    one.abort(new Error('this one cancelled'));
    expect(await own).toBe('this one cancelled');
  });
});
