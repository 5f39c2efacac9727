import { changed, type Fault, firstCoreapp, isClient, isCoreapp, isFirstCoreapp, isWebapp } from '../fault.ts';
import { SAMPLE_USER, type Service } from '../services.ts';

// Faults of containers: how they are made, and how they run.

/** What the client cannot tell without its Coreapp, or the tool without the API. */
const OF_THE_CLIENT = ['api.*', 'webhook.*', 'lifecycle.build'] as const;

/** Checks of the database belong to the time before the install, too. */
const WITH_DATABASE = ['--phase', 'all', '--quick', '--skip', 'host.*,disk.*,docker.*'];

const without = ({ env }: Service, ...names: readonly string[]): Pick<Service, 'env'> => ({
  env: Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name))),
});
const having = ({ env }: Service, more: Service['env']): Pick<Service, 'env'> => ({ env: { ...env, ...more } });

export const containerFaults: readonly Fault[] = [
  {
    name: 'broken-names',
    does: "Coreapp and Webapp stand on Docker's default bridge, where no name resolves: the vendor's single-instance files as they are.",
    topologies: ['single'],
    services: changed(isClient, () => ({ network: 'bridge' })),
    finds: [{ check: 'containers.names', outcome: 'fail', says: /default network/ }],
    follows: [...OF_THE_CLIENT, 'containers.ports', 'database.*'],
  },
  {
    name: 'coreapp-stopped',
    does: 'The first Coreapp is stopped; with a value it ended with that exit code.',
    value: { means: 'exit code', usual: '0' },
    behaviour: (value, place) => ({ processes: { [firstCoreapp(place)]: { exitAtStop: Number(value) } } }),
    services: changed(isFirstCoreapp, () => ({ state: 'stopped' })),
    finds: [{ check: 'containers.running', outcome: 'fail', says: /does not run/ }],
    follows: [...OF_THE_CLIENT, 'containers.ports', 'containers.names', 'containers.log-markers'],
  },
  {
    name: 'restart-loop',
    does: 'The first Coreapp ends with exit code 1 whenever it is started.',
    behaviour: (_, place) => ({ processes: { [firstCoreapp(place)]: { exitAtStart: 1 } } }),
    services: changed(isFirstCoreapp, () => ({ state: 'looping' })),
    finds: [{ check: 'containers.running', outcome: 'fail', says: /restart/ }],
    follows: [...OF_THE_CLIENT, 'containers.ports', 'containers.names', 'containers.media-volume'],
  },
  {
    name: 'out-of-memory',
    does: 'The kernel ended the first Coreapp for want of memory.',
    behaviour: (_, place) => ({ processes: { [firstCoreapp(place)]: { eatsMemory: true } } }),
    services: changed(isFirstCoreapp, () => ({
      ...{ memory: 96 << 20, state: 'ended' },
      restart: { Name: 'on-failure', MaximumRetryCount: 1 },
    })),
    finds: [{ check: 'containers.running', outcome: 'fail', says: /memory/ }],
    follows: [...OF_THE_CLIENT, 'containers.ports', 'containers.names', 'containers.restart-policy'],
  },
  {
    name: 'port-closed',
    does: 'The first Coreapp does not listen on one of its ports.',
    value: { means: 'port', usual: '6251' },
    behaviour: (value, place) => ({ processes: { [firstCoreapp(place)]: { closedPorts: [Number(value)] } } }),
    finds: [{ check: 'containers.ports', outcome: 'fail', says: /6251/ }],
  },
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
    name: 'database-down',
    does: 'The database is stopped.',
    services: changed(
      ({ program }) => program === 'database',
      () => ({ state: 'stopped' }),
    ),
    options: WITH_DATABASE,
    finds: [{ check: 'database.connect', outcome: 'fail' }],
    follows: ['database.*', 'containers.names', 'containers.running'],
  },
  {
    name: 'database-silent',
    does: 'The database takes connections and says nothing.',
    services: changed(
      ({ program }) => program === 'database',
      () => ({ state: 'frozen' }),
    ),
    options: WITH_DATABASE,
    finds: [{ check: 'database.connect', outcome: 'fail' }],
    follows: ['database.*'],
    slow: true,
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
    name: 'media-missing',
    does: 'The Coreapp has no media volume.',
    services: changed(isCoreapp, () => ({ media: false })),
    finds: [{ check: 'containers.media-volume', outcome: 'fail' }],
  },
  {
    name: 'webapp-unpublished',
    does: 'Webapp is published on no port.',
    services: changed(isWebapp, () => ({ ports: [] })),
    finds: [{ check: 'containers.webapp-port', outcome: 'fail' }],
    follows: [...OF_THE_CLIENT, 'security.*', 'containers.multiconnect'],
  },
  {
    name: 'crash-log',
    does: 'A Coreapp left a crash log.',
    behaviour: (_, place) => ({ processes: { [firstCoreapp(place)]: { crashLog: true } } }),
    finds: [{ check: 'containers.crash-logs', outcome: 'fail', says: /crash\.log/ }],
  },
  {
    name: 'log-markers',
    does: "A Coreapp's log tells of SQL errors and of a webhook that is not reached.",
    behaviour: (_, place) => ({
      processes: {
        [firstCoreapp(place)]: {
          logs: [
            'ERROR QSqlError("2006", "QMYSQL: Unable to execute query", "MySQL server has gone away")',
            'ERROR callback: network error 3 while sending to the webhook',
          ],
        },
      },
    }),
    // A log keeps what was written: with the fault the container goes too.
    services: changed(isFirstCoreapp, (service) => having(service, { STAND_IN_FAULT: 'log-markers' })),
    finds: [{ check: 'containers.log-markers', outcome: 'warn', says: /database went away.*Callbacks fail/ }],
  },
  {
    name: 'label-expired',
    does: 'The label EXPIRES_ON of the images has passed, and the support node does not tell otherwise.',
    behaviour: () => ({ errors: { support: 1006 } }),
    services: changed(isClient, () => ({ expiresIn: -30 })),
    finds: [{ check: 'lifecycle.build', outcome: 'fail' }],
    follows: ['api.support', 'api.ready', 'api.health'],
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
    name: 'one-master',
    does: 'Only one master is left.',
    topologies: ['ha', 'multiconnect'],
    services: (services) => services.filter(({ name }) => name !== 'master2'),
    finds: [{ check: 'containers.multiconnect', outcome: 'warn', says: /second master|takes over/ }],
    follows: ['api.*'],
  },
  {
    name: 'env-file-open',
    does: 'The env file with the passwords may be read by everybody.',
    envFileMode: 0o644,
    finds: [{ check: 'security.file-modes', outcome: 'warn', says: /db\.env/ }],
  },
];
