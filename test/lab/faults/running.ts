import { changed, type Fault, firstCoreapp, having, isClient, isCoreapp, isFirstCoreapp, isWebapp } from '../fault.ts';

// Faults of how containers run and reach each other.

/** What the client cannot tell without its Coreapp, or the tool without the API. */
const OF_THE_CLIENT = ['api.*', 'webhook.*', 'lifecycle.build'] as const;
/** Checks of the database belong to the time before the install, too. */
const WITH_DATABASE = ['--phase', 'all', '--quick', '--skip', 'host.*,disk.*,docker.*'];

export const runningFaults: readonly Fault[] = [
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
    follows: [
      ...OF_THE_CLIENT,
      'containers.ports',
      'containers.names',
      'containers.media-volume',
      'containers.crash-logs',
      'containers.log-markers',
      'database.*',
    ],
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
    name: 'one-master',
    does: 'Only one master is left.',
    topologies: ['ha', 'multiconnect'],
    services: (services) => services.filter(({ name }) => name !== 'master2'),
    finds: [{ check: 'containers.multiconnect', outcome: 'warn', says: /second master|takes over/ }],
    follows: ['api.*'],
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
];
