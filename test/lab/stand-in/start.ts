// What the shell scripts of the client's images are here: this file is named as their interpreter, and starts what the image is for.
const program = process.env['STAND_IN_PROGRAM'] ?? '';
if (!['coreapp', 'web', 'webhook'].includes(program)) throw new Error(`STAND_IN_PROGRAM is "${program}"`);
await import(new URL(`${program}.ts`, import.meta.url).href);
