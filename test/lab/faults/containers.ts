import { changed, type Fault, having, isClient, isCoreapp, isFirstCoreapp, isWebapp, without } from '../fault.ts';
import { SAMPLE_USER } from '../services.ts';

// Faults of how containers are made.

/** What the client cannot tell where its parts do not understand each other. */
const OF_THE_CLIENT = ['api.*', 'webhook.*', 'lifecycle.build'] as const;

export const containerFaults: readonly Fault[] = [
  {
    name: 'versions-differ',
    does: 'Webapp is of another version than the rest.',
    services: changed(isWebapp, ({ image }) => ({ image: image.replace(/:.*/, ':v2.55.1') })),
    finds: [{ check: 'containers.versions', outcome: 'fail' }],
    follows: ['lifecycle.build'],
  },
  {
    name: 'vv-tag',
    does: 'The Compose file names images with two letters v, which no registry has. Seen in the file: --compose.',
    services: changed(isClient, ({ image }) => ({ image: image.replace(':v', ':vv') })),
    options: ['--compose', 'COMPOSE'],
    finds: [{ check: 'containers.versions', outcome: 'fail', says: /two letters v/ }],
    follows: ['lifecycle.build'],
  },
  {
    name: 'env-missing',
    does: 'A Coreapp is not told one of its variables.',
    value: { means: 'NAME', usual: 'WA_DB_PASSWORD' },
    services: (services, value) =>
      services.map((service) => (isFirstCoreapp(service) ? { ...service, ...without(service, value) } : service)),
    finds: [{ check: 'containers.environment', outcome: 'fail', says: /WA_DB_PASSWORD/ }],
    follows: ['database.*'],
  },
  {
    name: 'secret-unequal',
    does: 'WA_SECRET differs between Webapp and Coreapp, so that they cannot read each other.',
    services: changed(isWebapp, (service) => having(service, { WA_SECRET: 'another-secret-0002' })),
    finds: [{ check: 'security.secret', outcome: 'fail' }],
    follows: OF_THE_CLIENT,
  },
  {
    name: 'secret-unset',
    does: 'WA_SECRET is set nowhere.',
    services: changed(isClient, (service) => without(service, 'WA_SECRET')),
    // Not a fault within one host: nobody else is on the way.
    finds: [{ check: 'security.secret', outcome: 'pass', says: /set nowhere/ }],
  },
  {
    name: 'api-key-short',
    does: 'WA_API_KEY is shorter than 12 characters.',
    services: changed(isWebapp, (service) => having(service, { WA_API_KEY: 'short' })),
    finds: [{ check: 'security.api-key', outcome: 'fail' }],
  },
  {
    name: 'sample-passwords',
    does: "The database is used with the user and password of the vendor's files.",
    services: changed(isClient, (service) =>
      having(service, { WA_DB_USERNAME: SAMPLE_USER.user, WA_DB_PASSWORD: SAMPLE_USER.password }),
    ),
    finds: [{ check: 'security.sample-passwords', outcome: 'warn', says: /WA_DB_PASSWORD/ }],
    follows: ['database.password', 'database.privileges'],
  },
  {
    name: 'database-tls-missing',
    does: 'WA_DB_SSL_CA names a file that is not in the container.',
    services: changed(isClient, (service) => having(service, { WA_DB_SSL_CA: '/opt/certs/db-ca.pem' })),
    finds: [{ check: 'security.database-tls', outcome: 'fail', says: /db-ca\.pem/ }],
    follows: ['database.*'],
  },
  {
    name: 'database-published',
    does: "The database is published on every address, on 33060 as in the vendor's files.",
    services: changed(
      ({ program }) => program === 'database',
      () => ({ ports: [{ container: 3306, host: 33_060, address: '0.0.0.0' }] }),
    ),
    finds: [{ check: 'containers.exposed-ports', outcome: 'warn', says: /33060/ }],
  },
  {
    name: 'coreapp-published',
    does: 'The ports of the Coreapp are published on every address.',
    topologies: ['single'],
    services: changed(isCoreapp, () => ({
      ports: [6250, 6251, 6252, 6253].map((port) => ({ container: port, host: port, address: '0.0.0.0' })),
    })),
    finds: [{ check: 'containers.exposed-ports', outcome: 'warn', says: /6250/ }],
  },
  {
    name: 'log-limits-missing',
    does: 'Logs of the client may grow until the disk is full.',
    services: changed(isClient, () => ({ logLimits: {} })),
    finds: [{ check: 'containers.log-rotation', outcome: 'warn' }],
  },
  {
    name: 'restart-policy-missing',
    does: "Nothing starts the client again after a reboot, as in the vendor's single-instance files.",
    services: changed(isClient, () => ({ restart: { Name: 'no' } })),
    finds: [{ check: 'containers.restart-policy', outcome: 'warn' }],
  },
  {
    name: 'label-expired',
    does: 'The label EXPIRES_ON of the images has passed, and the support node does not tell otherwise.',
    behaviour: () => ({ errors: { support: 1006 } }),
    services: changed(isClient, () => ({ expiresIn: -30 })),
    finds: [{ check: 'lifecycle.build', outcome: 'fail' }],
    follows: ['api.support', 'api.ready', 'api.health', 'api.templates'],
  },
  {
    name: 'external-ports-wrong',
    does: 'A Coreapp states other ports than those it is published on.',
    topologies: ['ha', 'multiconnect'],
    services: changed(isFirstCoreapp, (service) => having(service, { COREAPP_EXTERNAL_PORTS: '6250,6251,6252,6235' })),
    finds: [{ check: 'containers.ports', outcome: 'fail', says: /wacore1 on 6235/ }],
    follows: ['containers.multiconnect'],
  },
  {
    name: 'env-file-open',
    does: 'The env file with the passwords may be read by everybody.',
    envFileMode: 0o644,
    finds: [{ check: 'security.file-modes', outcome: 'warn', says: /db\.env/ }],
  },
];
