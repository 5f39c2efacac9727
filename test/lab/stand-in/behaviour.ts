// How the stand-in behaves, as data: a fault is a change to it. Read by the stand-in's programs, written by the lab.

/** What the health node calls a gateway's state; "flapping" goes to and fro between connected and connecting. */
export type Gateway = 'connected' | 'connecting' | 'disconnected' | 'uninitialized' | 'unregistered' | 'flapping';

/** What one Coreapp's or master's process does beside answering. */
export type Process = {
  /** Ends with this code as soon as it has started. */
  readonly exitAtStart?: number;
  /** Ends with this code when it is told to stop. */
  readonly exitAtStop?: number;
  /** Takes memory until the kernel ends it. */
  readonly eatsMemory?: boolean;
  /** Leaves a *-crash.log among its logs. */
  readonly crashLog?: boolean;
  /** Lines that it writes to its log, once. */
  readonly logs?: readonly string[];
  /** Does not listen on these of its ports. */
  readonly closedPorts?: readonly number[];
  /** Takes what it is asked and answers nothing. */
  readonly hangs?: boolean;
};

export type Behaviour = {
  /** Counts up with every change: programs tell by it what they have taken over. */
  readonly revision: number;
  /** Every answer comes later by so much, ms. */
  readonly slowMs: number;
  /** `never`: the request is read, and that is all. `never-tls`: not even the handshake. `endless`: a body without an end. */
  readonly answers: 'whole' | 'never' | 'never-tls' | 'endless' | 'not-json';
  readonly certificate: 'good' | 'self-signed' | 'expired' | 'wrong-name';
  /** Versions and ciphers that the Webapp agrees to. */
  readonly tls: 'modern' | 'old-too' | 'old-only' | 'weak-ciphers';
  readonly plainHttp: 'closed' | 'answers' | 'redirects';
  readonly securityHeaders: boolean;
  /** Paths that answer an error, with its code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Of the nodes that ought to be connected. */
  readonly gateway: Gateway;
  /** In place of what follows from the gateway's state. */
  readonly socket: string | null;
  /** Names of nodes that the Webapp says it cannot reach. */
  readonly unreachable: readonly string[];
  /** Coreapps that are connected beyond those that ought to be; negative for fewer. */
  readonly extraConnected: number;
  readonly noPrimary: boolean;
  /** Answers 1011 until then, RFC 3339. */
  readonly notReadyUntil: string | null;
  /** When the build stops working, where it is not what the deployment says. */
  readonly expires: string | null;
  readonly version: string | null;
  /** Free bytes on every disk that support tells of. */
  readonly freeBytes: number | null;
  /** Added to the clock that support tells. */
  readonly clockOffMs: number;
  readonly schema: Readonly<Record<string, number>>;
  readonly callbackQueue: number;
  /** Shares of all, 0 to 1. */
  readonly sqlErrors: number;
  readonly callbackFailures: number;
  readonly pendingConnections: number;
  /** stats/db takes so long, ms. */
  readonly statsDatabaseMs: number;
  /** Null: none is configured. Undefined in a file is as the deployment has it. */
  readonly webhookUrl?: string | null;
  readonly webhook: 'takes' | 'silent' | 'fails' | 'slow' | 'untrusted';
  /** Fields of settings/application in place of the good ones. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Fields of settings/business/profile in place of the good ones. */
  readonly profile: Readonly<Record<string, unknown>>;
  readonly login: 'normal' | 'default-password' | 'throttled' | 'denied';
  /** Tokens are refused though users/login has just given them. */
  readonly tokensRefused: boolean;
  /** The one user may do what everybody may, and no more. */
  readonly notAdmin: boolean;
  /** By the name of the service. */
  readonly processes: Readonly<Record<string, Process>>;
};

/** Nothing is wrong. */
export const HEALTHY: Behaviour = {
  revision: 0,
  slowMs: 0,
  answers: 'whole',
  certificate: 'good',
  tls: 'modern',
  plainHttp: 'closed',
  securityHeaders: true,
  errors: {},
  gateway: 'connected',
  socket: null,
  unreachable: [],
  extraConnected: 0,
  noPrimary: false,
  notReadyUntil: null,
  expires: null,
  version: null,
  freeBytes: null,
  clockOffMs: 0,
  schema: { axolotl: 3, callback: 5, cluster: 4, config: 6, contact: 9, jobqueue: 4, message: 12 },
  callbackQueue: 3,
  sqlErrors: 0,
  callbackFailures: 0,
  pendingConnections: 0,
  statsDatabaseMs: 0,
  webhook: 'takes',
  settings: {},
  profile: {},
  login: 'normal',
  tokensRefused: false,
  notAdmin: false,
  processes: {},
};

/** Two changes as one: lists and tables are joined, of anything else the later one holds. */
export const merged = (first: Partial<Behaviour>, second: Partial<Behaviour>): Partial<Behaviour> => {
  const joined = (before: unknown, after: unknown): unknown => {
    if (Array.isArray(before) && Array.isArray(after)) return [...before, ...after];
    if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return after;
    if (Array.isArray(before) || Array.isArray(after)) return after;
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return Object.fromEntries(
      [...keys].map((key) => [
        key,
        key in after && key in before
          ? joined(Reflect.get(before, key), Reflect.get(after, key))
          : Reflect.get(key in after ? after : before, key),
      ]),
    );
  };
  return joined(first, second) as Partial<Behaviour>;
};
