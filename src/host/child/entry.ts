/** The program that answers questions in a process of its own: the source itself, or its bundle beside this one. */
export const PROBE = new URL(import.meta.url.endsWith('.ts') ? './probe.ts' : './probe.js', import.meta.url);
/** What a thread of that program is given that is to say back what it hears. */
export const ECHO = 'echo';
