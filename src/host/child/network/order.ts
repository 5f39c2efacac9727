import type { ConnectFailure, DatabaseAnswers } from '../../answers/database.ts';

/** What the child in a container's network is told: no secret is among it. */
export type NetworkOrder = {
  /** The container's first process, and the container's full id. */
  readonly pid: number;
  readonly id: string;
  readonly host: string;
  readonly port: number;
};

/** What it answers. */
export type FromNetwork = Pick<DatabaseAnswers['client-network'], 'addresses' | 'steps' | 'failed'> & {
  /** The one that was connected to. */
  readonly address: string | null;
};

/** Why a step did not pass, before its step is known. */
export type Fault = Omit<ConnectFailure, 'step'>;
