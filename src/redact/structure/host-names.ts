import { isLabel } from '../pseudonyms/labels.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

// Top-level domains that names of hosts end in, the private ones too. Those that are endings of files are in `FILES` as well.
const ENDINGS = set(
  'com net org edu gov mil int info biz name pro mobi aero coop museum jobs travel xyz online site shop store tech cloud app dev io ai co me tv cc ws local localdomain internal intranet intra corp lan home private test example invalid cluster arpa bank group company network systems solutions services global world agency digital media email host space website live life center team work company finance health hospital clinic consul mesh ' +
    'ac ad ae af ag al am ao ar as at au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch ci ck cl cm cn cr cu cv cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gr gt gu gw gy hk hm hn hr ht hu id ie il im in iq ir is it je jm jo jp ke kg kh ki km kn kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr st su sv sy sz tc td tg th tj tk tl tm tn to tr tt tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ye yt za zm zw',
);
// Endings of files and of names in code. A name that ends so is a host only where a name says so.
const FILES = set(
  'py sh so rs md pl ps pm cc in is id name info app dev log conf java js ts go do test local example home so re st la ai to at no as or ms me my by it host live work media store email team cluster private pro net io name vi cd tk sc pid sk tt am pg world space life network group global digital services systems us be md ml py mo al im ms pt ph si ws site tech cloud int st sql health',
);
// The vendor's own names and the public's, the same on every host: what they tell is of the product.
const PUBLIC =
  /(?:^|\.)(?:whatsapp\.(?:net|com|biz)|wa\.me|facebook\.(?:com|net)|fbcdn\.net|fb\.com|meta\.com|docker\.(?:com|io)|moby\.org|github\.com|githubusercontent\.com|gitlab\.com|debian\.org|ubuntu\.com|centos\.org|redhat\.com|fedoraproject\.org|alpinelinux\.org|ntp\.org|mysql\.com|mariadb\.(?:org|com)|postgresql\.org|nodejs\.org|npmjs\.(?:org|com)|python\.org|pypi\.org|golang\.org|w3\.org|ietf\.org|json-schema\.org|(?:get)?postman\.com|endoflife\.date|wa-preflight\.invalid|yaml\.org|schema\.org|kernel\.org|gnu\.org|apache\.org|openssl\.org|letsencrypt\.org|quay\.io|gcr\.io|ghcr\.io|k8s\.io|kubernetes\.io|grafana\.com|prometheus\.io|mozilla\.org|sentry\.io|stackoverflow\.com|google\.com|googleapis\.com|slack\.com|amazon\.com|aws\.com|microsoft\.com|oracle\.com|percona\.com|lighttpd\.net|iana\.org|xmlsoap\.org|in-addr\.arpa|ip6\.arpa|svc\.cluster\.local|docker\.internal)$/i;
// Names inside the containers' world, with the numbers that Compose gives.
const INSIDE =
  /^(?:localhost|localdomain|ip6-\w+|broadcasthost|db|database|wa|wa-?core|wa-?web|core-?app|web-?app|master|primary-?master|mysql|mariadb|postgres|postgresql|pg|redis|grafana|prometheus|cadvisor|node-exporter|mysqld-exporter|postgres-exporter|nginx|haproxy|proxy|gateway|webhook|app|api|web|core|server|client|host|hosts|node|default|bridge|none|example|test|local|internal|any|all|unix|tcp|udp|biz|root|user|admin|docker|dockerd|containerd|kubernetes|tini|main|worker|source|target|self|host-gateway|kube-\w+)(?:[-_]?\d{1,3})?$/i;

/** Named of the product or of everybody, and so no secret of this network. */
export const isCommonHost = (name: string): boolean => INSIDE.test(name) || PUBLIC.test(name) || isLabel(name);

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?$/i;
const isCode = (labels: readonly string[]): boolean =>
  (labels.length >= 3 &&
    /^(?:com|org|net|io|edu|gov|java|javax|jdk|sun|kotlin|scala|android|akka)$/.test(labels[0] ?? '')) ||
  labels.some((label) => /[a-z][A-Z]/.test(label) || /^[A-Z][a-z]/.test(label));

/**
 * Whether a token of letters, digits, dots and dashes is the full name of a host. `said` means that a name or a URL says that it is
 * one: then any ending but that of an address will do.
 */
export const isFullHost = (token: string, said: boolean): boolean => {
  if (token.length < 5 || token.length > 253 || token.includes('..')) return false;
  const labels = token.split('.');
  if (labels.length < 2 || labels.length > 10 || !labels.every((label) => LABEL.test(label))) return false;
  const last = (labels.at(-1) ?? '').toLowerCase();
  if (/^\d/.test(last) || isCommonHost(token)) return false;
  if (said)
    return (
      /^[a-z][a-z0-9-]{1,30}$/.test(last) &&
      !/^(?:json|ya?ml|log|txt|conf|gz|zip|sock|pem|crt|sql|env|service)$/.test(last)
    );
  if (!ENDINGS.has(last) || isCode(labels) || /_/.test(token)) return false;
  if (FILES.has(last)) return labels.length >= 3 && labels.some((label) => /[-\d]/.test(label));
  // `v1.2.co`: a version or a number, not a name.
  return labels.some((label) => /[a-z]{2}/i.test(label)) && /[a-z]/i.test(labels[0] ?? '') ? true : labels.length >= 3;
};

/** Whether a name without dots that stands where a host does is one that somebody gave: with a digit or a dash. */
export const isShortHost = (token: string): boolean =>
  token.length >= 5 &&
  token.length <= 63 &&
  /^[a-z0-9][a-z0-9-]*[a-z0-9]$/i.test(token) &&
  /[a-z]/i.test(token) &&
  /[-\d]/.test(token) &&
  !/^(?:sha-?\d{1,3}|md5|base-?64|utf-?8\w{0,3}|utf-?16\w{0,2}|latin-?1|ipv[46]|tcp[46]|udp[46]|tls-?v?1?|ssl-?v?\d|http-?\d|h2c?|x86[_-]64|amd64|arm64\w{0,2}|i[3-6]86|python\d|php\d{0,2}|eth\d{1,3}|en[ops]\d\w{0,6}|veth\w{4,12}|br-[0-9a-f]{12}|docker\d|bond\d|wlan\d|[a-z]+-error|error-\w+|read-only|[0-9a-f]{12}|[0-9a-f]{64}|0x[0-9a-f]+|\d+(?:s|ms|m|h|kb|mb|gb|b))$/i.test(
    token,
  ) &&
  !/^(?:wa|wacore|waweb|coreapp|webapp|master|db|mysql|mariadb|postgres|pg|redis|grafana|prometheus|biz)(?:-(?:core|web|app|db|master|\d{1,3}))*$/i.test(
    token,
  ) &&
  !isCommonHost(token);
