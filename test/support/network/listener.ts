// Takes connections at an address and port, and closes them, or hands them on to a socket's path; ends with its standard input.
import { connect, createServer } from 'node:net';

const [address = '', port = '', path] = process.argv.slice(2);
const server = createServer((taken) => {
  taken.on('error', () => {});
  if (!path) return taken.destroy();
  const onward = connect({ path });
  onward.on('error', () => taken.destroy());
  taken.on('close', () => onward.destroy());
  onward.on('close', () => taken.destroy());
  taken.pipe(onward).pipe(taken);
});
server.listen(Number(port), address, () => console.log('ready'));
process.stdin.resume().on('end', () => process.exit(0));
