/** Title and HTTP status of each error code (onprem-api.md 3.12). */
export const ERROR_CODES: Readonly<Record<number, readonly [title: string, status: number]>> = {
  0: ['Undefined', 500],
  1000: ['Generic error', 500],
  1001: ['Message too long', 400],
  1002: ['Invalid recipient type', 400],
  1003: ['Not a group participant', 400],
  1004: ['Resource already exists', 409],
  1005: ['Access denied', 403],
  1006: ['Resource not found', 404],
  1007: ['Recipient blocked', 403],
  1008: ['Required parameter is missing', 400],
  1009: ['Parameter value is not valid', 400],
  1010: ['Parameter is not required', 400],
  1011: ['Service not ready', 500],
  1012: ['Group is unknown', 404],
  1013: ['User is not valid', 400],
  1014: ['Internal error', 500],
  1015: ['Too many requests', 429],
  1016: ['System overloaded', 503],
  1017: ['Not Primary Master', 500],
  1018: ['Not Primary Coreapp', 500],
  1019: ['User is not group admin', 400],
  1020: ['Bad group', 400],
  1021: ['Bad User', 400],
  1022: ['Webhooks URL is not configured', 412],
  1023: ['Database error occurred', 500],
  1024: ['Password change required', 401],
  1025: ['Request is not valid', 400],
  1026: ['Receiver incapable', 501],
};

const DETAILS: Readonly<Record<number, string>> = {
  1005: 'The stand-in denies this',
  1011: 'Service not ready: initialization is not finished',
  1014: 'Communication failure: timeout on receiving an answer',
  1016: 'The callback queue is full',
  1023: 'QSqlError: the database gave an error',
};

/** One error as it stands in an answer's `errors`. */
export type ApiError = { readonly code: number; readonly title: string; readonly details?: string };

export const apiError = (code: number, details = DETAILS[code]): ApiError => ({
  code,
  title: ERROR_CODES[code]?.[0] ?? 'Undefined',
  ...(details !== undefined && { details }),
});

export const statusOf = (code: number): number => ERROR_CODES[code]?.[1] ?? 500;
