import type { Marker } from './marker.ts';

/** Signs of what the client stands on: disk, memory, names, certificates, files. What any program says in such trouble. */
export const HOST_MARKERS: readonly Marker[] = [
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
];
