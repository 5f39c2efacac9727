import { describe, expect, it } from 'vitest';
import { target as targetBy } from '../../../../src/host/live/disk/target.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';

const signal = () => new AbortController().signal;
const target = (by: AbortSignal, option: string | null) => targetBy(by, option, dockerAccess());

/** With an Engine's address that leads nowhere. */
const withoutEngine = async <T>(act: () => Promise<T>): Promise<T> => {
  const before = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = 'unix:///nonexistent/docker.sock';
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
  }
};

describe('the folder whose disk is judged', () => {
  it('is the one that was asked for, as a whole path', async () => {
    expect(await target(signal(), '/data/../srv')).toEqual({ path: '/srv', from: 'option' });
    expect(await target(signal(), 'here')).toEqual({ path: `${process.cwd()}/here`, from: 'option' });
  });

  it('is /var/lib where no Engine of this machine answers', async () => {
    expect(await withoutEngine(() => target(signal(), null))).toEqual({ path: '/var/lib', from: 'default' });
  });

  it('is told at once when cancelled', async () => {
    const started = performance.now();
    expect(await withoutEngine(() => target(AbortSignal.abort(), null))).toMatchObject({ from: 'default' });
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
