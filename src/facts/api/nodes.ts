import type { Json } from '../../model.ts';

// What health, support and the shards of an account say, read leniently: one instance, or nodes by "hostname:containerId".

type Fields = Readonly<Record<string, Json | undefined>>;

/** More nodes than a deployment of 32 shards has with all its spares and masters; what is beyond is not read. */
const MOST_NODES = 128;

export const fieldsOf = (value: Json | undefined): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

export const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;

/** A finite number, also one that is written as text; null for anything else. */
export const numberOf = (value: Json | undefined): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

/** An entry of an `errors` array, of a whole answer or of one node. */
export type ApiError = { readonly code: number | null; readonly title: string; readonly details: string | null };

/** The entries of an `errors` array beside other fields; none where there is no such array. */
export const errorsIn = (value: Json | undefined): readonly ApiError[] => {
  const errors = fieldsOf(value)?.['errors'];
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, 20).map((entry) => {
    const { code, title, details } = fieldsOf(entry) ?? {};
    return { code: numberOf(code), title: textOf(title) ?? '', details: textOf(details) };
  });
};

/** A node as the health node tells of it; `name` is null on a single instance. */
export type HealthNode = {
  readonly name: string | null;
  readonly status: string | null;
  readonly role: string | null;
  readonly errors: readonly ApiError[];
};

/** A node as the support node tells of it. */
export type SupportNode = {
  readonly name: string | null;
  /** UP, DN, SC (connecting), "UP receiving offline", UNK. */
  readonly socket: string | null;
  /** When the build stops working, and the client's own clock: as they are written. */
  readonly expires: string | null;
  readonly clock: string | null;
  readonly version: string | null;
  /** Versions of the schemas by family, and bytes free by place, such as `data`: as far as they are numbers. */
  readonly schema: Readonly<Record<string, number>>;
  readonly freeSpace: Readonly<Record<string, number>>;
  readonly multiConnect: boolean | null;
  readonly role: string | null;
  /** The shards that it owns; -1 is the master's own. */
  readonly shards: readonly number[];
  readonly errors: readonly ApiError[];
};

/** One entry for a single instance, else one for each node; null where it is neither. */
const entriesOf = (
  body: Json | undefined,
  key: string,
  ownField: string,
): readonly (readonly [string | null, Fields])[] | null => {
  const whole = fieldsOf(fieldsOf(body)?.[key]);
  if (!whole) return null;
  if (typeof whole[ownField] === 'string' || Array.isArray(whole['errors'])) return [[null, whole]];
  const nodes = Object.entries(whole).flatMap(([name, node]) => {
    const fields = fieldsOf(node);
    return fields ? [[name.slice(0, 300), fields] as const] : [];
  });
  return nodes.length > 0 ? nodes.slice(0, MOST_NODES) : null;
};

/** The nodes in an answer of /v1/health; null where it holds none. */
export const healthNodes = (body: Json | undefined): readonly HealthNode[] | null =>
  entriesOf(body, 'health', 'gateway_status')?.map(([name, fields]) => ({
    name,
    status: textOf(fields['gateway_status']),
    role: textOf(fields['role']),
    errors: errorsIn(fields as Json),
  })) ?? null;

/** `[[-1,-1],[0,0]]` and such as the numbers in it, each once. */
const shardNumbers = (value: Json | undefined): readonly number[] => {
  const ranges = Array.isArray(value) ? value : [];
  const numbers = ranges.flatMap((range) => {
    const [from, to] = Array.isArray(range) ? range : [];
    if (!Number.isInteger(from) || !Number.isInteger(to)) return [];
    const [first, last] = [Number(from), Math.min(Number(to), Number(from) + 32)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  });
  return [...new Set(numbers)];
};

/** At most so many numbers are read of one object. */
const MOST_NUMBERS = 64;

/** The numbers of an object by their names, those that begin with `prefix` and without it. */
const numbersIn = (value: Json | undefined, prefix = ''): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value) ?? {})
      .filter(([name]) => name.startsWith(prefix))
      .slice(0, MOST_NUMBERS)
      .flatMap(([name, one]) => {
        const number = numberOf(one);
        return number === null ? [] : [[name.slice(prefix.length, 100), number] as const];
      }),
  );

/** The nodes in an answer of /v1/support; null where it holds none. */
export const supportNodes = (body: Json | undefined): readonly SupportNode[] | null => {
  const own = fieldsOf(fieldsOf(body)?.['support']);
  const single = ['context', 'socket_conn', 'version'].find((field) => typeof own?.[field] === 'string') ?? 'context';
  return (
    entriesOf(body, 'support', single)?.map(([name, fields]) => ({
      name,
      socket: textOf(fields['socket_conn']),
      expires: textOf(fields['expire_timestamp']),
      clock: textOf(fields['device_iso8601']),
      version: textOf(fields['version']),
      schema: numbersIn(fields['schema']),
      freeSpace: numbersIn(fields as Json, 'free_space_'),
      multiConnect: typeof fields['multi_connect'] === 'boolean' ? fields['multi_connect'] : null,
      role: textOf(fields['role']),
      shards: shardNumbers(fields['shards']),
      errors: errorsIn(fields as Json),
    })) ?? null
  );
};

/** The number of shards in an answer of /v1/account/shards; null where it tells none. */
export const shardCount = (body: Json | undefined): number | null => {
  const account = fieldsOf(body)?.['account'];
  const shards = (Array.isArray(account) ? fieldsOf(account[0]) : fieldsOf(account))?.['shards'];
  const count = typeof shards === 'string' ? Number(shards) : shards;
  return typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= 32 ? count : null;
};
