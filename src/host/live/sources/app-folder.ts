import type { FoundFile } from '../../child/log-folders.ts';
import type { LogWindow } from '../../source.ts';
import type { ClientContainer } from '../docker/inspected.ts';
import type { EngineWay } from './engine-stream.ts';
import type { Patience } from './patience.ts';
import { partOf } from './source-of.ts';

/** What is known of a client's container beside its inspection. */
export type KnownClient = {
  readonly client: ClientContainer;
  /** Of its log, with what was rotated away, bytes; null where that is not known. */
  readonly logBytes: number | null;
  /** What stands in its folders of logs, or why that is not known. */
  readonly inside: readonly FoundFile[] | Error;
};

/** The ways to logs and files, and the time that is wanted of them. */
export type Collecting = {
  readonly engine: EngineWay;
  readonly files: Patience;
  readonly window: LogWindow;
  readonly around: number | null;
};

/** The folder of a container in the bundle. */
export const folderFor = ({ product, name }: ClientContainer): string => `app/${product}/${partOf(name)}`;

/** What a person agrees to who agrees to its logs. */
export const partIn = ({ product }: ClientContainer) => (product === 'webapp' ? 'webapp-logs' : 'coreapp-logs');
