import type { DeployedContainer, Role } from '../../answers/deployment.ts';
import type { DockerAnswers } from '../../answers/docker.ts';

/** A container as its inspection tells it. `env` holds secrets: this is never an answer and never evidence. */
export type Inspected = Pick<
  DeployedContainer,
  | 'id'
  | 'name'
  | 'image'
  | 'networkMode'
  | 'networks'
  | 'links'
  | 'extraHosts'
  | 'ports'
  | 'restartPolicy'
  | 'privileged'
> & {
  /** The id of its image, which may be gone. */
  readonly imageId: string;
  readonly state: NonNullable<DeployedContainer['state']>;
  readonly running: boolean;
  /** Its first process as the Engine's machine numbers it, 0 where that is not told, or it does not run. */
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly command: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ports that it offers inside, published or not. */
  readonly exposed: readonly number[];
  readonly mounts: readonly {
    readonly type: string;
    /** A volume's name, empty for others. */
    readonly name: string;
    /** The path on the Engine's machine. */
    readonly source: string;
    readonly destination: string;
    readonly driver: string | null;
    readonly writable: boolean;
  }[];
  /** The driver that it writes with, and its options. */
  readonly log: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  /** The file of the json-file driver on the Engine's machine, null where there is none. */
  readonly logPath: string | null;
  readonly startedAt: string | null;
  /** The links behind `links`: the container's name or id, and the name that it has for this one. */
  readonly linked: readonly { readonly container: string; readonly alias: string }[];
  readonly compose: NonNullable<DeployedContainer['compose']> | null;
};

/** A container of the client, running or not. Never an answer and never evidence, as it holds secrets. */
export type ClientContainer = Inspected & {
  readonly role: Extract<Role, 'coreapp' | 'master' | 'webapp'>;
  readonly product: 'coreapp' | 'webapp';
  /** The Engine that it runs on. */
  readonly engine: DockerAnswers['engine'];
};
