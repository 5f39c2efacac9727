// What to look for in the logs of Coreapps and Webapps, and what it says. The vendor's alerting guide names QSqlError and network
// errors of callbacks; its error codes and their details name most others; a few are what any program says in such trouble.

/**
 * fatal: it does not work until somebody acts. trouble: something failed, and may again. passing: normal for some minutes after
 * a start or a reconnect.
 */
type Severity = 'fatal' | 'trouble' | 'passing';

export type Marker = {
  readonly name: string;
  /** What it is, as people call it. */
  readonly title: string;
  /** In lower case: a line has it that holds all texts of one of these. */
  readonly any: readonly (readonly string[])[];
  /** Error codes of the API that mean the same, as they stand behind "code". */
  readonly codes?: readonly number[];
  /** Of one family a line has only the first. */
  readonly family?: 'sql' | 'login';
  readonly severity: Severity;
  readonly cause: string;
  readonly remedy: string;
};

/** In the order in which they are told. Texts are matched as they are: a line takes time in proportion to its length. */
export const MARKERS: readonly Marker[] = [
  {
    name: 'disk-full',
    title: 'No space left',
    any: [['no space left on device'], ['the table', 'is full'], ['could not extend file'], ['disk quota exceeded']],
    severity: 'fatal',
    cause: 'a file system of the host, of the media volume or of the database is full',
    remedy: 'Free space where the line says, and bound the logs (containers.log-rotation).',
  },
  {
    name: 'crash',
    title: 'A crash',
    any: [
      ['segmentation fault'],
      ['core dumped'],
      ['terminate called after throwing'],
      ['-crash.log'],
      ['php fatal error'],
    ],
    severity: 'fatal',
    cause: 'a process of the client ended by a fault of its own, or for lack of memory',
    remedy: 'Keep the crash log (containers.crash-logs), and give it to Direct Support.',
  },
  {
    name: 'out-of-memory',
    title: 'Out of memory',
    any: [['std::bad_alloc'], ['cannot allocate memory'], ['out of memory'], ['allowed memory size', 'exhausted']],
    severity: 'fatal',
    cause: 'the host, or the limit of the container, has too little memory',
    remedy: 'Give the host or the container more memory.',
  },
  {
    name: 'system-call-denied',
    title: 'statx is not permitted',
    any: [
      ['statx', 'operation not permitted'],
      ['statx', 'function not implemented'],
    ],
    severity: 'fatal',
    cause: "Docker's seccomp profile or the kernel does not allow statx",
    remedy: 'See docker.statx: update Docker and libseccomp, or the kernel.',
  },
  {
    name: 'secret-differs',
    title: 'Payload cannot be decrypted',
    any: [['unable to decrypt payload']],
    severity: 'fatal',
    cause: 'WA_SECRET differs between Webapp and Coreapp, or their clocks do',
    remedy: 'Give all containers the same WA_SECRET, and synchronise the clocks (host.clock).',
  },
  {
    name: 'cluster-empty',
    title: 'The tables of the cluster are empty',
    any: [['no nodes in clusterstore'], ['no information in clusterstore']],
    severity: 'fatal',
    cause: 'no master ever came up, or WA_DB_NAME_PREFIX names other databases',
    remedy: 'Start the masters, and give all containers the same WA_DB_NAME_PREFIX.',
  },
  {
    name: 'sql-gone',
    title: 'The database went away',
    any: [
      ['server has gone away'],
      ['lost connection to', 'server'],
      ['server closed the connection unexpectedly'],
      ['terminating connection due to'],
      ["can't connect to", 'mysql server'],
      ['could not connect to server'],
    ],
    family: 'sql',
    severity: 'trouble',
    cause: 'the database was restarted, is out of reach, or closes idle connections first',
    remedy: 'See database.connect; set WA_DB_CONNECTION_IDLE_TIMEOUT below the timeouts of server and firewall.',
  },
  {
    name: 'sql-connections',
    title: 'The database has no connection left',
    any: [['too many connections'], ['remaining connection slots'], ['too many clients already']],
    family: 'sql',
    severity: 'trouble',
    cause: 'max_connections of the server, or of the user, is used up',
    remedy: 'Raise max_connections of the database (database.connections).',
  },
  {
    name: 'sql-login',
    title: 'The database refuses the login',
    any: [['access denied for user'], ['password authentication failed'], ['no pg_hba.conf entry']],
    family: 'sql',
    severity: 'trouble',
    cause: 'the password, the host or the rights in WA_DB_* are not those that the server knows',
    remedy: 'Try the login with --db-env-file (database.connect), and set it alike in all containers.',
  },
  {
    name: 'sql-deadlock',
    title: 'Deadlocks',
    any: [['deadlock found'], ['deadlock detected'], ['lock wait timeout exceeded']],
    family: 'sql',
    severity: 'trouble',
    cause: 'transactions waited for each other: a slow or shared database',
    remedy: 'See database.latency, and keep other work off the database.',
  },
  {
    name: 'sql-error',
    title: 'SQL failures (QSqlError)',
    any: [['qsqlerror'], ['sqlstate[']],
    codes: [1023],
    family: 'sql',
    severity: 'trouble',
    cause: 'a statement failed: server gone, a right that is missing, a schema of another version, a full disk',
    remedy: "Read the code and the text of the lines, and look into the database's own log.",
  },
  {
    name: 'callback-network',
    title: 'Callbacks fail in the network',
    any: [
      ['network error', 'callback'],
      ['network error', 'webhook'],
    ],
    severity: 'trouble',
    cause: 'the webhook is out of reach from Coreapp, too slow, or its certificate is not trusted',
    remedy: 'See webhook.reachable and webhook.certificate.',
  },
  {
    name: 'coreapp-unreachable',
    title: 'Webapp does not reach Coreapp',
    any: [['check if wacore is running']],
    codes: [1014],
    severity: 'trouble',
    cause: 'Coreapp is down, its name does not resolve, or its ports 6250 to 6253 are closed',
    remedy: 'See containers.running, containers.names and containers.ports.',
  },
  {
    name: 'coreapp-timeout',
    title: 'Coreapp does not answer in time',
    any: [['communication failure: timeout']],
    severity: 'trouble',
    cause: 'Coreapp took the call and gave no answer within 45 s: as a rule it waits for the database',
    remedy: 'See database.latency and api.stats.',
  },
  {
    name: 'overloaded',
    title: 'Queues are full (1016)',
    any: [['system overloaded']],
    codes: [1016],
    severity: 'trouble',
    cause: 'more is sent than goes out, or the webhook takes callbacks too slowly',
    remedy: 'Send more slowly, and see api.stats and webhook.delivery.',
  },
  {
    name: 'access-denied',
    title: 'Access denied (1005)',
    any: [['biz_link_on_prem_reg_blocked']],
    codes: [1005],
    severity: 'trouble',
    cause:
      'an expired build, a media folder that cannot be written, a wrong role, or a registration that the vendor blocks',
    remedy: 'See lifecycle.build and containers.media-volume, and read the details of the line.',
  },
  {
    name: 'display-name-certificate',
    title: 'The certificate of the display name is refused',
    any: [['unsigned certificate'], ['certificate id mismatch'], ['certificate signature invalid']],
    codes: [430, 432, 433],
    severity: 'trouble',
    cause: 'the certificate is unsigned, or that of another number or name',
    remedy: 'Fetch a new certificate from Business Manager, and register with it again.',
  },
  {
    name: 'webhook-unset',
    title: 'No webhook is set (1022)',
    any: [['webhooks url not configured'], ['webhook url not configured']],
    codes: [1022],
    severity: 'trouble',
    cause: 'settings/application has no webhooks.url',
    remedy: 'Set webhooks.url (webhook.configured).',
  },
  {
    name: 'password-change',
    title: "The API's password must be changed (1024)",
    any: [['password change required']],
    codes: [1024],
    severity: 'trouble',
    cause: "somebody logs in with the administrator's published default password",
    remedy: "Change the administrator's password by users/login.",
  },
  {
    name: 'too-many-requests',
    title: 'Too many requests (1015)',
    any: [],
    codes: [1015],
    severity: 'trouble',
    cause: 'a caller is faster than the API allows, or keeps trying a wrong password',
    remedy: 'Slow the caller down, and use a token until it expires.',
  },
  {
    name: 'name-unresolved',
    title: 'Names do not resolve',
    any: [['could not resolve host'], ['name or service not known'], ['temporary failure in name resolution']],
    severity: 'trouble',
    cause: 'a name of the environment or a host of the vendor cannot be looked up inside the container',
    remedy: 'See containers.names and network.dns.',
  },
  {
    name: 'tls-failed',
    title: 'TLS fails',
    any: [
      ['certificate verify failed'],
      ['ssl handshake fail'],
      ['self signed certificate'],
      ['self-signed certificate'],
    ],
    severity: 'trouble',
    cause: 'a certificate is not trusted inside the container, or something in between shows its own',
    remedy: 'See network.tls-interception, webhook.certificate and database.tls.',
  },
  {
    name: 'open-files',
    title: 'Too many open files',
    any: [['too many open files']],
    severity: 'trouble',
    cause: 'the limit of open files of the container is too low',
    remedy: 'Raise nofile of the container (ulimits in the Compose file).',
  },
  {
    name: 'media-denied',
    title: 'Media cannot be written',
    any: [
      ['wamedia', 'permission denied'],
      ['wamedia', 'read-only file system'],
    ],
    severity: 'trouble',
    cause: 'the media volume is mounted read-only, or belongs to somebody else',
    remedy: 'Give the containers the right to write to the media volume (containers.media-volume).',
  },
  {
    name: 'not-primary',
    title: 'Not the primary (1017, 1018)',
    any: [['not primary master'], ['not primary coreapp']],
    codes: [1017, 1018],
    severity: 'passing',
    cause: 'a shard or the masters fail over, which takes some seconds',
    remedy: 'If it goes on, see containers.multiconnect and api.health.',
  },
  {
    name: 'not-ready',
    title: 'Service not ready (1011)',
    any: [['service not ready'], ['coreapp not ready']],
    codes: [1011],
    severity: 'passing',
    cause: 'Coreapp loads templates and offline messages after every connect, for at most 6 minutes',
    remedy: 'If it goes on, see api.ready: a client that never gets ready is reconnecting, not slow.',
  },
];

/** A code behind "code", also in JSON within JSON; every repetition is bounded, so that no line takes long. */
const CODE = /\bcode\\?"? {0,4}[:=]? {0,4}"?(\d{3,5})\b/g;

/** The markers that a line has, and where the first text or code of each stands. */
export const markersIn = (line: string): readonly { readonly name: string; readonly at: number }[] => {
  const lower = line.toLowerCase();
  const codes = new Map<number, number>();
  if (lower.includes('code'))
    for (const { 1: code = '', index } of lower.matchAll(CODE)) codes.set(Number(code), index);
  const families = new Set<string>();
  return MARKERS.flatMap(({ name, any, codes: own = [], family }) => {
    if (family && families.has(family)) return [];
    const texts = any.find((all) => all.every((text) => lower.includes(text)));
    const code = own.find((one) => codes.has(one));
    const at = texts ? lower.indexOf(texts[0] ?? '') : code === undefined ? undefined : codes.get(code);
    if (at === undefined) return [];
    if (family) families.add(family);
    return [{ name, at }];
  });
};
