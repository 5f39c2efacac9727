import type { DockerAnswers } from '../../answers/docker.ts';

type FaultState = Exclude<DockerAnswers['engine']['state'], 'reachable'>;

/** Why an Engine gave no usable answer, as one of the states that an Engine can be in. */
export class EngineFault extends Error {
  readonly state: FaultState;
  constructor(state: FaultState, message: string) {
    super(message);
    this.state = state;
  }
}

const STATES: Record<string, readonly [FaultState, string]> = {
  ENOENT: ['absent', 'there is no such socket'],
  EACCES: ['denied', 'this user may not open it'],
  EPERM: ['denied', 'this user may not open it'],
  ECONNREFUSED: ['refused', 'nothing listens there'],
  EAGAIN: ['silent', 'its queue of waiting connections is full'],
  ETIMEDOUT: ['silent', 'no connection came about'],
  ECONNRESET: ['not-an-engine', 'it closed the connection without an answer'],
  EPIPE: ['not-an-engine', 'it closed the connection without an answer'],
};

/** What went wrong with a connection, as such a fault. */
export const faultOf = (error: NodeJS.ErrnoException): Error => {
  if (error instanceof EngineFault) return error;
  const code = error.code ?? '';
  const [state, words] = STATES[code] ?? [];
  if (state && words) return new EngineFault(state, `${words} (${code})`);
  if (code.startsWith('HPE_')) return new EngineFault('not-an-engine', `it does not speak HTTP (${code})`);
  return new EngineFault('unusable', error.message || code || 'the connection failed');
};
