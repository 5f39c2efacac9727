import type { Evidence } from '../../evidence.ts';
import type { LogWindow } from '../../source.ts';
import type { ApiAccess } from '../api/access.ts';
import type { DatabaseAccess } from '../database/access.ts';
import type { DockerAccess } from '../docker/access.ts';

/** What a bundle is collected by: the ways that the run took, what it found, and the time that is wanted of logs. */
export type SourceSettings = {
  readonly docker: DockerAccess;
  readonly access: DatabaseAccess;
  readonly api: ApiAccess;
  /** `--compose`, an absolute path. */
  readonly compose: string | null;
  /** `--db-env-file`, an absolute path. */
  readonly envFile: string | null;
  /** What the run was answered: nothing that it knows is asked again. */
  readonly evidence: Evidence;
  readonly window: LogWindow;
  /** `--around`, ms since 1970. */
  readonly around: number | null;
};
