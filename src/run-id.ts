const hex = (bits: number): string =>
  Math.floor(Math.random() * 2 ** bits)
    .toString(16)
    .padStart(bits / 4, '0');

/**
 * A version 4 UUID that tells runs apart. It is no secret, so it comes from Math.random: loading node:crypto for it would cost
 * as much time as starting Node.
 */
export const runId = (): string => {
  const variant = (8 + Math.floor(Math.random() * 4)).toString(16);
  return `${hex(32)}-${hex(16)}-4${hex(12)}-${variant}${hex(12)}-${hex(24)}${hex(24)}`;
};
