// The first packet of a MySQL server, as bytes: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html

const SSL = 0x800;
const COMPRESS = 0x20;
const MULTI_FACTOR = 1 << 12;

/** What of a greeting decides about the way on. */
export type Greeting = {
  readonly offersTls: boolean;
  /** The plugin that it proposes. */
  readonly plugin: string | null;
  /** Where its capabilities begin: lower half, and 5 bytes later the upper half. */
  readonly at: number;
};

/** Whether the first packet is here, whole. */
export const isWhole = (said: Buffer): boolean => said.length >= 4 && said.length >= 4 + said.readUIntLE(0, 3);

/** Reads a greeting; null where it is none of protocol 10. */
export const readGreeting = (said: Buffer): Greeting | null => {
  if (said[4] !== 10) return null;
  const end = said.indexOf(0, 5);
  const at = end + 1 + 4 + 8 + 1;
  if (end < 0 || said.length < at + 2 + 1 + 2 + 2 + 1 + 10) return null;
  const offersTls = (said.readUInt16LE(at) & SSL) !== 0;
  const scramble = Math.max(13, (said[at + 7] ?? 0) - 8);
  const named = said.subarray(at + 8 + 10 + scramble);
  const until = named.indexOf(0);
  const plugin = named.toString('latin1', 0, until < 0 ? named.length : until);
  return { offersTls, plugin: plugin || null, at };
};

/**
 * The greeting as the library shall see it: without TLS, which is done by then, compression, more than one factor and what
 * MariaDB adds. The flags with which the library answers are thereby known beforehand.
 */
export const toned = (said: Buffer, { at }: Greeting, sequence: number): Buffer => {
  const plain = Buffer.from(said);
  plain[3] = sequence;
  plain.writeUInt16LE(plain.readUInt16LE(at) & ~(SSL | COMPRESS), at);
  plain.writeUInt16LE(plain.readUInt16LE(at + 5) & ~MULTI_FACTOR, at + 5);
  if ((plain.readUInt16LE(at) & 1) === 0) plain.writeUInt32LE(0, at + 14);
  return plain;
};

/** utf8mb4_general_ci. */
export const CHARSET = 45;

/** What the library is asked to announce. LOCAL_FILES is not among it: no server may ask for a file. */
const FLAGS = {
  LONG_PASSWORD: 0x1,
  LONG_FLAG: 0x4,
  CONNECT_WITH_DB: 0x8,
  PROTOCOL_41: 0x200,
  TRANSACTIONS: 0x2000,
  SECURE_CONNECTION: 0x8000,
  PLUGIN_AUTH: 0x80000,
  CONNECT_ATTRS: 0x100000,
  PLUGIN_AUTH_LENENC_CLIENT_DATA: 0x200000,
} as const;

/** Announced as the library does by default, and not wanted. */
const UNWANTED = [
  'FOUND_ROWS',
  'ODBC',
  'LOCAL_FILES',
  'IGNORE_SPACE',
  'IGNORE_SIGPIPE',
  'RESERVED',
  'MULTI_RESULTS',
  'SESSION_TRACK',
  'CLIENT_QUERY_ATTRIBUTES',
];

/** The library's option for these flags. */
export const flagsFor = (tls: boolean): string[] => [
  ...Object.keys(FLAGS),
  ...UNWANTED.map((name) => `-${name}`),
  ...(tls ? ['SSL'] : []),
];

/** The request to go on in TLS: the head of the answer that will follow there. */
export const tlsRequest = (): Buffer => {
  const packet = Buffer.alloc(36);
  packet.writeUIntLE(32, 0, 3);
  packet[3] = 1;
  const flags = Object.values(FLAGS).reduce((all, flag) => all | flag, SSL);
  packet.writeUInt32LE(flags, 4);
  packet[12] = CHARSET;
  return packet;
};
