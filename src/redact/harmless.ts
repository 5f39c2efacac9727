// Words that logs are full of. Somebody's password may be one of them; to remove it wherever it stands would blank every file, so
// such a value goes only where a key names it.

const WORDS = new Set(
  (
    'true false null none nil undefined yes no on off enabled disabled default localhost root admin user users test testing guest ' +
    'whatsapp whatsappbusiness wabiz wadb waent wacore waweb wamaster coreapp webapp master master-1 core web db database mysql ' +
    'mysqld mariadb postgres postgresql pgsql redis nginx docker compose container image network volume service production ' +
    'development staging info debug warn warning error errors fatal trace notice critical message messages status connected ' +
    'connection connecting disconnected password passwd secret token login logout username hostname address phone contacts media ' +
    'request response timeout failed failure success started stopped running healthy unhealthy version update upgrade install ' +
    'https http server client shard shards primary secondary backup restore settings account profile webhook webhooks string number ' +
    'object value values content application android iphone windows linux ubuntu debian centos alpine node python java golang bash ' +
    'shell system daemon kernel memory public private internal external example sample changeme password1 latest stable'
  ).split(' '),
);

const SHAPES = [
  // Numbers that a port, a count or a year may be.
  /^\d{1,5}$/,
  // Versions, durations, sizes.
  /^v?\d+(\.\d+){1,3}$/,
  /^\d+(\.\d+)?\s?(ms|s|m|h|d|kb|mb|gb|tb|kib|mib|gib)$/i,
  // One character over and over.
  /^(.)\1*$/s,
  // Names of the client's services, and of containers that can be nothing else.
  /^(wacore|waweb|db|mysql|postgres|master|coreapp|webapp)[_-]?\d*$/,
  /^[a-z0-9-]*[_-](wacore|waweb|coreapp|webapp)[_-]\d{1,3}$/,
  /^\s*$/,
];

// As Compose names containers. A password may well look so (`welcome2-db`); the name of a host that does is one of these.
const CONTAINER = /^[a-z0-9-]*[_-]?(wacore|waweb|db|mysql|postgres|master|coreapp|webapp)[_-]?\d*$/;

/** Whether a value that was learnt as the name of a host is one of the client's containers. */
export const isContainer = (value: string): boolean => CONTAINER.test(value);

/** Whether a value says too little of itself to be removed wherever it stands. */
export const isHarmless = (value: string): boolean =>
  WORDS.has(value.toLowerCase()) || SHAPES.some((shape) => shape.test(value));
