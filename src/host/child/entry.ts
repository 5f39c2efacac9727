/** The program that answers questions in a process of its own: the source itself, or its bundle beside this one. */
export const PROBE = new URL(import.meta.url.endsWith('.ts') ? './probe.ts' : './probe.js', import.meta.url);
