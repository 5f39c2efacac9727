import type { ApiCall } from '../../src/host/answers/api.ts';
import type { Json } from '../../src/model.ts';

/** A call and its answer, as `api(topic)` tells it. */
export const apiCall = (path: string, body: Json, status: number | null = 200): ApiCall => ({
  ...{ method: 'GET', path, auth: 'bearer', startedAt: '2026-11-22T07:00:00.000Z', ms: 4, status, headers: {} },
  ...{ body: body as ApiCall['body'], text: null, bytes: 100, failed: null, sent: null },
});

export const health = (body: Json, status = 200): ApiCall => apiCall('/v1/health', { health: body }, status);
export const oneHealth = (gateway_status: string): ApiCall => health({ gateway_status });
export const support = (body: Json): ApiCall => apiCall('/v1/support', { support: body });
export const oneSupport = (socket_conn: string, more: { readonly [key: string]: Json } = {}): ApiCall =>
  support({ context: 'healthcheck', socket_conn, version: '2.57.2', multi_connect: false, ...more });
export const refusal = (path: string, code: number, status: number, details?: string): ApiCall =>
  apiCall(path, { errors: [{ code, title: `title of ${code}`, ...(details !== undefined && { details }) }] }, status);
