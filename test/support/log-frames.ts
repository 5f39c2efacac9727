/** A frame of the Engine's answer to a question for a log: stream 1 is standard output, 2 standard error. */
export const frame = (stream: number, text: string | Buffer): Buffer => {
  const bytes = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
};

/** The time that stands before each record, so many seconds on. */
export const at = (seconds: number): string =>
  `${new Date(Date.UTC(2026, 10, 22, 11) + seconds * 1000).toISOString().replace('Z', '000001Z')} `;
