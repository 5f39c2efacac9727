import { describe, expect, it, vi } from 'vitest';
import { docker as shapes } from '../../../../src/host/answers/docker.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { insideFiles } from '../../../../src/host/live/docker/inside-files.ts';
import { deployed, single } from '../../../support/stand-in-deployment.ts';
import { type StandIn, standInEngine } from '../../../support/stand-in-engine.ts';

const asking = () => ({ signal: new AbortController().signal, progress: () => {} });
const told = async () => shapes['inside-files'].parse(await insideFiles(asking(), dockerAccess())).containers;
const with_ = (...env: readonly string[]) => single.map((one) => ({ ...one, env: [...(one.env ?? []), ...env] }));

/** What an Engine says of a path, in the header of its answer to HEAD. */
const stat = (fields: object) =>
  Buffer.from(JSON.stringify({ name: 'x', size: 1704, mode: 0o644, ...fields })).toString('base64');

/** An Engine before which the stand-in stands, that knows these paths in every container. */
const archives = async (
  engine: string,
  paths: Readonly<Record<string, object | number>>,
): Promise<StandIn & { asked: string[] }> => {
  const { request } = await import('node:http');
  const asked: string[] = [];
  const standIn = await standInEngine(({ url = '', method = '' }, response) => {
    const path = new URL(url, 'http://x').searchParams.get('path');
    if (method !== 'HEAD' || path === null) {
      const through = request({ socketPath: engine.slice('unix://'.length), path: url, method }, (answer) => {
        response.writeHead(answer.statusCode ?? 0);
        answer.pipe(response);
      });
      through.end();
      return;
    }
    asked.push(path);
    const known = paths[path];
    if (typeof known === 'object') response.setHeader('X-Docker-Container-Path-Stat', stat(known));
    response.statusCode = typeof known === 'number' ? known : known ? 200 : 404;
    response.end();
  });
  vi.stubEnv('DOCKER_HOST', standIn.host);
  return { ...standIn, asked };
};

describe('files that variables name inside containers', () => {
  it('are not asked for where no such variable is set', async () => {
    const engine = await deployed(single);
    expect(await told()).toEqual([]);
    expect(engine.asked.some(({ method }) => method === 'HEAD')).toBe(false);
  });
  it('are there or not, links followed within the container', async () => {
    const { host } = await deployed(
      with_('WA_DB_SSL_CA=/opt/certs/ca.pem', 'WA_DB_SSL_CERT=/opt/certs/cert.pem', 'WA_DB_SSL_KEY=/opt/certs/key.pem'),
    );
    const standIn = await archives(host, {
      '/opt/certs/ca.pem': {},
      '/opt/certs/cert.pem': { linkTarget: '../real.pem' },
      '/opt/real.pem': { size: 9 },
    });
    const files = [
      { variable: 'WA_DB_SSL_CA', path: '/opt/certs/ca.pem', bytes: 1704, found: true },
      { variable: 'WA_DB_SSL_CERT', path: '/opt/certs/cert.pem', bytes: 9, found: true },
      { variable: 'WA_DB_SSL_KEY', path: '/opt/certs/key.pem', bytes: null, found: false },
    ];
    expect(await told()).toMatchObject([
      { name: 'wa-wacore-1', skipped: null, files },
      { name: 'wa-waweb-1', skipped: null, files },
    ]);
    await standIn.stop();
  });
  it('that are a circle of links are not there', async () => {
    const { host } = await deployed(with_('WA_DB_SSL_CA=/a'));
    const standIn = await archives(host, { '/a': { linkTarget: '/a' } });
    expect((await told())[0]?.files).toMatchObject([{ found: false }]);
    expect(standIn.asked.length).toBeLessThanOrEqual(2 * 5);
    await standIn.stop();
  });
  it('cannot be looked for where the Engine will not tell: it says why', async () => {
    const { host } = await deployed(with_('WA_DB_SSL_CA=/a'));
    const standIn = await archives(host, { '/a': 403 });
    expect(await told()).toMatchObject([
      { skipped: 'the Docker Engine answered for /a with 403', files: [] },
      { skipped: 'the Docker Engine answered for /a with 403' },
    ]);
    await standIn.stop();
  });
  it.each(['relative.pem', '', 'x'.repeat(2000), '/a\n/b', '-----BEGIN PRIVATE KEY-----'])(
    'are no files by any other word: %j',
    async (word) => {
      const engine = await deployed(with_(`WA_DB_SSL_KEY=${word}`));
      expect(await told()).toEqual([]);
      expect(engine.asked.some(({ method }) => method === 'HEAD')).toBe(false);
    },
  );
});
