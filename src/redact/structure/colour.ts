/** A colour of a terminal, as the source of a pattern. */
export const COLOUR = `${String.fromCharCode(27)}\\[[\\d;]{0,16}m`;
