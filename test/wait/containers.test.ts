import { describe, expect, it } from 'vitest';
import { type Containers, type Seen, troubleOf, watched } from '../../src/wait/containers.ts';

const at = (second: number) => `2026-11-22T07:00:${String(second).padStart(2, '0')}Z`;
const seen = (name: string, state: Partial<Seen['state']> = {}, role: Seen['role'] = 'coreapp'): Seen => ({
  ...{ id: `id-${name}`, name, role },
  state: {
    ...{ status: 'running', exitCode: 0, oomKilled: false, restartCount: 0, startedAt: at(0), finishedAt: null },
    ...{ error: null, ...state },
  },
});
const NONE: Containers = new Map();
const watchedOver = (...looks: readonly (readonly Seen[])[]) => {
  let containers = NONE;
  let restarted: readonly string[] = [];
  for (const look of looks) ({ containers, restarted } = watched(containers, look));
  return { containers, restarted };
};

describe('containers that are watched', () => {
  it('tell a restart by their count or their start, and never one from before the wait', () => {
    expect(watchedOver([seen('a', { restartCount: 9 })]).restarted).toEqual([]);
    expect(watchedOver([seen('a')], [seen('a')]).restarted).toEqual([]);
    expect(watchedOver([seen('a')], [seen('a', { restartCount: 1, startedAt: at(9) })]).restarted).toEqual(['a']);
    expect(watchedOver([seen('a')], [seen('a', { startedAt: at(9) })]).restarted).toEqual(['a']);
    // Made, and started for the first time.
    expect(watchedOver([seen('a', { startedAt: null })], [seen('a', { startedAt: at(9) })]).restarted).toEqual([]);
    // Another container under the same name.
    expect(watchedOver([seen('a')], [{ ...seen('a', { startedAt: at(9) }), id: 'other' }]).restarted).toEqual([]);
  });

  it('loop when they were started again three times within the wait', () => {
    const look = (restartCount: number) => [seen('a', { restartCount, status: 'restarting' })];
    const twice = watchedOver(look(7), look(8), look(9));
    expect(troubleOf(look(9), twice.containers)).toBe(null);
    const thrice = watchedOver(look(7), look(8), look(9), look(10));
    expect(troubleOf(look(10), thrice.containers)).toMatchObject({ code: 'crash-loop' });
    expect(troubleOf(look(10), watchedOver(look(7), look(10)).containers)?.message).toContain('3 times');
  });

  it('are in the way when every one of a kind is down', () => {
    const down = seen('a', { status: 'exited', exitCode: 1 });
    expect(troubleOf([down], NONE)).toMatchObject({ code: 'exited', message: 'container a exited with code 1' });
    expect(troubleOf([down, seen('b')], NONE)).toBe(null);
    expect(troubleOf([down, seen('b', { status: 'dead' })], NONE)?.code).toBe('exited');
    expect(troubleOf([seen('w', { status: 'exited' }, 'webapp'), seen('b')], NONE)?.code).toBe('exited');
    expect(troubleOf([seen('m', { status: 'exited' }, 'master'), seen('b')], NONE)).toBe(null);
    for (const status of ['created', 'restarting', 'paused', 'running'])
      expect(troubleOf([seen('a', { status })], NONE), status).toBe(null);
    const killed = seen('a', { status: 'exited', exitCode: 137, oomKilled: true });
    expect(troubleOf([killed], NONE)?.message).toContain('want of memory');
  });
});
