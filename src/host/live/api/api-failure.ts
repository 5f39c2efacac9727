import type { ConnectionFailure } from '../../answers/connection.ts';

/** Why a connection or a call gave nothing, as an answer tells it. */
export class ApiFailure extends Error {
  readonly failure: ConnectionFailure;
  constructor(failure: ConnectionFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What went wrong once there was a connection. */
export const httpFailure = (kind: ConnectionFailure['kind'], message: string, code: string | null = null): ApiFailure =>
  new ApiFailure({ step: 'http', kind, message, code });

/** What a failure came from, as one; what is none (a cancelled question, a bug) is thrown on. */
export const failureIn = (error: unknown): ConnectionFailure => {
  if (error instanceof ApiFailure) return error.failure;
  throw error;
};
