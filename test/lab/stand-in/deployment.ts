export type Topology = 'single' | 'ha' | 'multiconnect';
export const TOPOLOGIES: readonly Topology[] = ['single', 'ha', 'multiconnect'];

/** One Coreapp or master. */
export type Node = {
  /** The Compose service, which other containers know it by. */
  readonly service: string;
  readonly kind: 'coreapp' | 'master';
  /** The twelve digits that Docker gives a container as its host name. */
  readonly id: string;
};

/** What the stand-in is told of itself: what the client keeps in its database, or knows from its build. */
export type Deployment = {
  readonly topology: Topology;
  readonly shards: number;
  readonly nodes: readonly Node[];
  /** With a leading "v", as the image's tag has it. */
  readonly version: string;
  /** When this build says it stops working, RFC 3339 without a zone, as the client writes it. */
  readonly expires: string;
  /** WA_DB_ENGINE, and the version of the server. */
  readonly database: { readonly engine: 'PGSQL' | 'MYSQL'; readonly version: string };
  readonly webhookUrl: string;
  readonly login: { readonly user: string; readonly password: string };
  /** An invented number, from the range that is kept for fiction. */
  readonly phoneNumber: string;
  /** WA_API_KEY where no environment says it. */
  readonly apiKey: string | null;
};

/** What the client is called in every answer that can say it. */
export const BANNER = 'wa-preflight-stand-in';

/** Messaging, contacts, control, health check. */
export const COREAPP_PORTS = [6250, 6251, 6252, 6253] as const;
export const CONTROL_PORT = 6252;
