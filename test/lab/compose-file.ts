import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Service } from './services.ts';

// The Compose file that a lab's containers say they were made from: the same services, in the manner of the vendor's files.

const ENV_FILE = 'db.env';
const ENV_MODE = 0o600;
const inEnvFile = (name: string): boolean => name.startsWith('WA_DB_');

const versionOf = ({ image }: Service): string => image.slice(image.lastIndexOf(':') + 1).replace(/^v/, '');

const asService = (service: Service, version: string): object => {
  const { image, command, env, ports, media, restart, logLimits, network } = service;
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !inEnvFile(name)));
  const hasLogin = Object.keys(env).some(inEnvFile);
  return {
    image: versionOf(service) === version ? image.replace(/:v.*$/, `:v\${WA_API_VERSION:?}`) : image,
    command,
    ...(hasLogin && { env_file: [ENV_FILE] }),
    ...(Object.keys(own).length > 0 && { environment: own }),
    ...(ports.length > 0 && { ports: ports.map(({ address, host, container }) => `${address}:${host}:${container}`) }),
    ...(media && { volumes: ['whatsappMedia:/usr/local/wamedia'] }),
    ...(restart.Name !== 'no' && { restart: restart.Name }),
    ...(Object.keys(logLimits).length > 0 && { logging: { driver: 'json-file', options: logLimits } }),
    ...(network === 'bridge' && { network_mode: 'bridge' }),
    cap_drop: ['MKNOD'],
  };
};

/** Writes docker-compose.yml, db.env and .env into a folder. */
export const writeComposeFile = (folder: string, services: readonly Service[], envFileMode = ENV_MODE): void => {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const told = services.filter(({ program }) => program !== 'webhook');
  const clients = told.filter(({ env }) => Object.keys(env).some(inEnvFile));
  const version = clients[0] ? versionOf(clients[0]) : '';
  const login = Object.entries(clients[0]?.env ?? {}).filter(([name]) => inEnvFile(name));
  const put = (name: string, text: string, mode: number) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), mode);
  };
  const file = {
    services: Object.fromEntries(told.map((service) => [service.name, asService(service, version)])),
    volumes: { whatsappMedia: {} },
  };
  put('docker-compose.yml', `# Made by the lab: images of stand-ins.\n${stringify(file)}`, ENV_MODE);
  put(ENV_FILE, login.map(([name, value]) => `${name}=${value}\n`).join(''), envFileMode);
  put('.env', `WA_API_VERSION=${version}\n`, ENV_MODE);
};
