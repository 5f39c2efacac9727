import { containersOf, removeContainer } from './containers.ts';
import type { Engine } from './engine.ts';
import { LAB_LABEL } from './images.ts';

/** Removes everything on an Engine that bears the label of this lab. Never throws for what is not there. */
export const sweep = async (engine: Engine, folder: string): Promise<void> => {
  const filters = encodeURIComponent(JSON.stringify({ label: [`${LAB_LABEL}=${folder}`] }));
  const list = <Item>(path: string) =>
    engine.demand<Item>({ path: `${path}${path.includes('?') ? '&' : '?'}filters=${filters}` });
  for (const { id } of await containersOf({ engine, lab: folder })) await removeContainer({ engine }, id);
  for (const { Id } of await list<readonly { Id: string }[]>('/networks'))
    await engine.ask({ method: 'DELETE', path: `/networks/${Id}` });
  const { Volumes } = await list<{ Volumes: readonly { Name: string }[] | null }>('/volumes');
  for (const { Name } of Volumes ?? []) await engine.ask({ method: 'DELETE', path: `/volumes/${Name}?force=1` });
  // An image goes after those that were made from it.
  const images = () => list<readonly { Id: string }[]>('/images/json?all=1');
  for (let left = await images(), before = Number.POSITIVE_INFINITY; left.length < before; left = await images()) {
    before = left.length;
    for (const { Id } of left) await engine.ask({ method: 'DELETE', path: `/images/${Id}?force=1` });
    if (before === 0) break;
  }
};
