import type { Deployment } from '../../host/answers/deployment.ts';
import { versionNumber } from '../version-number.ts';
import type { SupportNode } from './nodes.ts';
import { utcOf } from './utc.ts';

const DAY = 86_400_000;

/** How long builds work, days, by the second number of their version: odd is stable, even is a beta. */
export type BuildLife = { readonly stableDays: number; readonly betaDays: number };

/** When a build stops working, and who says so. */
export type BuildExpiry = {
  /** The node or container it was told of; null for a single instance. */
  readonly of: string | null;
  readonly version: string | null;
  /** Ms since the epoch. */
  readonly at: number;
  readonly from: string;
};

/** What the nodes themselves tell. */
export const expiryOfNodes = (nodes: readonly SupportNode[]): readonly BuildExpiry[] =>
  nodes.flatMap(({ name, version, expires }) => {
    const at = utcOf(expires);
    return at === null ? [] : [{ of: name, version, at, from: 'the support node' }];
  });

/** Images without a real time of making say the year 1 or 1970. */
const FIRST_BUILD = Date.UTC(2016, 0);

const byRule = (
  created: string | null,
  tag: string | null,
  life: BuildLife,
): Pick<BuildExpiry, 'at' | 'from'> | null => {
  const made = utcOf(created);
  const minor = Number(versionNumber(tag ?? '')?.numbers.split('.')[1] ?? Number.NaN);
  if (made === null || made < FIRST_BUILD || Number.isNaN(minor)) return null;
  const days = minor % 2 === 1 ? life.stableDays : life.betaDays;
  return { at: made + days * DAY, from: `its image, made ${days} days before` };
};

/** The client's containers that run; all of them where none does, for an expired build may be why. */
const running = (containers: Deployment['containers']): Deployment['containers'] => {
  const clients = containers.filter(({ role }) => ['coreapp', 'master', 'webapp'].includes(role));
  const up = clients.filter(({ state }) => state === null || state.status === 'running');
  return up.length > 0 ? up : clients;
};

/** What the images of Coreapps, masters and Webapps tell: their label EXPIRES_ON, else the rule of their life. */
export const expiryOfImages = (
  { containers }: Pick<Deployment, 'containers'>,
  life: BuildLife,
): readonly BuildExpiry[] =>
  running(containers).flatMap(({ name, tag, imageFacts }) => {
    const labelled = utcOf(imageFacts?.expiresOn ?? null);
    const told =
      labelled === null
        ? byRule(imageFacts?.created ?? null, tag, life)
        : { at: labelled, from: 'its label EXPIRES_ON' };
    return told ? [{ of: name, version: tag, ...told }] : [];
  });

/** The build that ends first; null where none is told. */
export const firstToExpire = (builds: readonly BuildExpiry[]): BuildExpiry | null =>
  builds.toSorted((one, other) => one.at - other.at)[0] ?? null;
