/** Ports in ascending order, neighbours as ranges: "6250-6257, 9090". */
export const portRanges = (ports: readonly number[]): string => {
  const ranges: [first: number, last: number][] = [];
  for (const port of [...new Set(ports)].sort((a, b) => a - b)) {
    const latest = ranges.at(-1);
    if (latest && latest[1] === port - 1) latest[1] = port;
    else ranges.push([port, port]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
};
