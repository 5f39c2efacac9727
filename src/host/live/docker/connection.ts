import { spawn } from 'node:child_process';
import net from 'node:net';
import { Duplex } from 'node:stream';
import { childEnvironment } from '../exec.ts';
import type { Way } from './endpoint.ts';

/** Through `ssh HOST docker system dial-stdio`, as Docker's own client does; never asks for a password. */
const throughSsh = ({ host, port, user, socket }: Extract<Way, { kind: 'ssh' }>): Duplex => {
  const agent = process.env['SSH_AUTH_SOCK'];
  const args = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5'];
  if (user) args.push('-l', user);
  if (port) args.push('-p', port);
  const there = socket ? ['--host', `unix://${socket}`] : [];
  const child = spawn('ssh', [...args, '--', host, 'docker', ...there, 'system', 'dial-stdio'], {
    env: { ...childEnvironment(), ...(agent && { SSH_AUTH_SOCK: agent }) },
    cwd: '/',
    stdio: 'pipe',
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-1024);
  });
  const stream = new Duplex({
    read: () => child.stdout.resume(),
    // A broken pipe is told by how the program ends, with its words.
    write: (chunk, _, done) => child.stdin.write(chunk, () => done()),
    final: (done) => child.stdin.end(() => done()),
    destroy: (error, done) => {
      child.kill();
      const sure = setTimeout(() => child.kill('SIGKILL'), 500);
      child.once('exit', () => clearTimeout(sure));
      if (child.exitCode !== null || child.pid === undefined) clearTimeout(sure);
      done(error);
    },
  });
  const failed = (why: string) => stream.destroy(Object.assign(new Error(why), { code: 'SSH' }));
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) child.stdout.pause();
  });
  child.once('error', (error: NodeJS.ErrnoException) =>
    failed(error.code === 'ENOENT' ? 'there is no ssh program' : error.message),
  );
  child.once('close', (code) => {
    if (code) failed(`ssh ended with ${code}: ${said.trim() || 'it said nothing'}`);
    else stream.push(null);
  });
  return stream;
};

/** Opens a connection to an Engine; errors come as the stream's `error` event. */
export const connect = (way: Way): Duplex => {
  if (way.kind === 'socket') return net.connect({ path: way.path });
  if (way.kind === 'ssh') return throughSsh(way);
  if (!way.tls) return net.connect({ host: way.host, port: way.port });
  const { ca, cert, key, verify } = way.tls;
  // Loaded where it is wanted: cryptography costs as much time as starting Node.
  return process.getBuiltinModule('node:tls').connect({
    host: way.host,
    port: way.port,
    rejectUnauthorized: verify,
    ...(net.isIP(way.host) === 0 && { servername: way.host }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  });
};
