import type { ErrorCode } from './error-codes.ts';

/** What listens behind the ports of a Coreapp; masters that share a host with one are published on the next four. */
const SERVICES = ['messaging', 'contacts', 'control', 'health check'] as const;

const serviceAt = (port: number): string => {
  const of = port >= 6254 ? "a master's " : '';
  const service = SERVICES[(port - 6250) % SERVICES.length];
  return port >= 6250 && port <= 6257 && service ? ` (${of}${service})` : '';
};

type Explained = Pick<ErrorCode, 'means' | 'remedy'>;

const UNREACHED: readonly (readonly [RegExp, (host: string) => Explained])[] = [
  [
    /getaddrinfo|resol|name or service|unknown host/i,
    (host) => ({
      means: `the name ${host} does not resolve where Webapp runs, as where its container is stopped`,
      remedy: `Start ${host}; where it runs, put Webapp and it into one network of their own (Docker's default bridge resolves no names), or correct the name.`,
    }),
  ],
  [
    /refused/i,
    (host) => ({
      means: `nothing listens there: Coreapp at ${host} does not run`,
      remedy: `Start Coreapp at ${host}.`,
    }),
  ],
];

const unreached = (details: string, host: string, port: number): Explained => {
  const [, known] = UNREACHED.find(([words]) => words.test(details)) ?? [];
  const at = `${host}:${port}${serviceAt(port)}`;
  const { means, remedy } = known?.(host) ?? {
    means: 'Coreapp is down there, or the port is blocked',
    remedy: `Start Coreapp at ${host}, and open port ${port} of it to Webapp.`,
  };
  return { means: `Webapp cannot reach ${at}: ${means}`, remedy };
};

/** Reads the details of error 1014, which name the reason; null for words that are not known. */
export const internalError = (details: string | null): Explained | null => {
  if (details === null) return null;
  const [, host, port] = /wacore is running:\s*\[?([^\s[\]]{1,255})\]?:(\d{1,5})(?!\d)/i.exec(details) ?? [];
  if (host && port) return unreached(details, host, Number(port));
  if (/unable to decrypt/i.test(details))
    return {
      means: 'Webapp and Coreapp cannot read each other: WA_SECRET differs, or their clocks are more than 10 s apart',
      remedy: 'Give Webapp and every Coreapp the same WA_SECRET, and let their hosts follow one time server.',
    };
  if (/clusterStore/i.test(details))
    return {
      means: 'the tables of the cluster are empty: no master ever came up, or the database is another one',
      remedy: 'Start the masters, and give all containers the same database and WA_DB_NAME_PREFIX.',
    };
  if (/timeout|timed out/i.test(details))
    return {
      means: 'Coreapp took the request and did not answer within 45 s, as it does when its database stalls',
      remedy: "Look at the latency and the locks of the database, and for QSqlError in Coreapp's log.",
    };
  return null;
};
