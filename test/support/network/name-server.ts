// The stand-in for a name server as a program of its own; ends with its standard input.
import { type Names, startNameServer } from '../name-server.ts';

const [address = '', names = '{}'] = process.argv.slice(2);
await startNameServer(address, JSON.parse(names) as Names);
console.log('ready');
process.stdin.resume().on('end', () => process.exit(0));
