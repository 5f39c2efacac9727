import { isPlainIpv4, readIpv4 } from '../pseudonyms/ipv4.ts';
import { isMappedIpv4, isPlainIpv6, readIpv6 } from '../pseudonyms/ipv6.ts';
import type { Rule } from '../rule.ts';
import { isFullHost, isShortHost } from '../structure/host-names.ts';
import { HOST, IP, MAC } from '../structure/names.ts';

const HARDWARE =
  /(?<![0-9A-Za-z:.-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|[0-9a-f]{2}(?:%3A[0-9a-f]{2}){5})(?![0-9A-Za-z]|[:-][0-9a-f])/gi;
// What the kernel's packet filter logs: both addresses and the type of a frame in one run.
const FRAME =
  /(\bMAC=)((?:[0-9a-f]{2}:){5}[0-9a-f]{2}):((?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?=:[0-9a-f]{2}:[0-9a-f]{2}\b)/gi;
const NO_MACHINE = /^(?:00[:-]?){6}$|^(?:ff[:-]?){6}$|^(?:01:00:5e|33:33)|^\d{4}\.\d{4}\.\d{4}$/i;

/** Hardware addresses: each becomes one that is locally administered. */
export const hardwareAddresses: Rule = {
  id: MAC.id,
  tier: MAC.tier,
  kind: MAC.kind,
  triggers: [
    '[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}:',
    '[0-9a-f]{2}-[0-9a-f]{2}-[0-9a-f]{2}-[0-9a-f]{2}-',
    '[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}',
    '[0-9a-f]{2}%3A[0-9a-f]{2}%3A',
  ],
  apply: (text, put) =>
    text
      .replace(FRAME, (_, lead: string, to: string, from: string) => `${lead}${put(MAC, to)}:${put(MAC, from)}`)
      .replace(HARDWARE, (address) => (NO_MACHINE.test(address) ? address : put(MAC, address))),
};

const SIX =
  /(?<![0-9A-Za-z:.])(?:::[0-9a-f]|[0-9a-f]{1,4}:)[0-9a-f:]{1,38}(?:(?<=:)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?![0-9A-Za-z]|\.\d)/gi;

/** IPv6 addresses, also with IPv4 inside; loopback and groups stay. */
export const ipv6Addresses: Rule = {
  id: IP.id,
  tier: IP.tier,
  kind: IP.kind,
  triggers: ['[0-9a-f]:[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f]', '::[0-9a-f]', '[0-9a-f]{1,4}::'],
  apply: (text, put) =>
    text.replace(SIX, (whole) => {
      const address = whole.replace(/(?<!:):$/, '');
      const bytes = readIpv6(address);
      // Times and hex pairs have no `::`; `a::b` is a name in code.
      if (
        !bytes ||
        isPlainIpv6(bytes) ||
        /^(?:[0-9a-f]{2}:){7}[0-9a-f]{2}$/i.test(address) ||
        address.length < 6 ||
        !(/\d/.test(address) || address.split(':').length > 3)
      )
        return whole;
      if (isMappedIpv4(bytes) && isPlainIpv4(bytes.slice(12))) return whole;
      return put(IP, address) + whole.slice(address.length);
    }),
};

const FOUR =
  /(?<![\w.]|\d[.-])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\w]|\.\d|-\d|-(?:microsoft|generic|amd64|aws|azure|gcp|lts|rc|beta|alpha|el\d))/g;
// Words before numbers with dots that are versions.
const VERSION =
  /(?:\b(?:version|versions|ver|build|builds|release|rel|revision|rev|firmware|fw|driver|kernel|glibc|libc|openssl|oid|agent|client version|webapp|coreapp|tag|v|image|package|library|protocol|schema|upgrade|upgraded|patch|engine)\b["']?\s{0,2}(?:[:=#v]|is|to|from|number|no\.)?\s{0,2}["']?v?|(?<![:/\w.])[A-Z][A-Za-z]{2,20}\/|[a-z]-v?)$/i;

/** IPv4 addresses: each becomes another of its own kind, subnets stay subnets; versions that look like one stay. */
export const ipv4Addresses: Rule = {
  id: IP.id,
  tier: IP.tier,
  kind: IP.kind,
  triggers: ['[0-9]\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]', 'ip-[0-9]{1,3}-[0-9]{1,3}-'],
  apply: (text, put) =>
    text
      .replace(FOUR, (address, _: string, at: number) => {
        const bytes = readIpv4(address);
        if (!bytes || isPlainIpv4(bytes)) return address;
        const before = text.slice(Math.max(0, at - 40), at);
        const behind = text.slice(at + address.length, at + address.length + 6);
        return VERSION.test(before) && !/^:\d{2,5}/.test(behind) ? address : put(IP, address);
      })
      .replace(/(?<![\w-])ip-(\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3})(?![\w-])/g, (whole) => put(HOST, whole)),
};

// Also the domain of a wildcard: `*.bank.example`.
const NAME = /(?:(?<=\*\.)|(?<![A-Za-z0-9_.\-/\\\x80-\xff]|[a-z]@|%[0-9A-F]))[A-Za-z0-9][A-Za-z0-9._-]{3,253}/g;
const SHORT = [
  // A login of a database, a shell's prompt, a copy to another machine.
  /((?:'@'|'@`|\b(?:root|admin|ubuntu|ec2-user|wa|biz|centos|debian|deploy|ops|postgres|mysql|git|user|sysadmin|operator|oracle|[a-z]{2,16})@)\[?)([A-Za-z0-9][\w-]{3,62})(?=['`:~\s\]$#]|$)/g,
  /(\s(?:-h|--host|--hostname|-H)[ =]{1,2}["']?)([A-Za-z0-9][\w-]{3,62})(?=["'\s]|:\d|$)/g,
  // The host of a line of syslog, and what `uname -a` says.
  /(^(?:<\d{1,3}>)?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:?\d\d)) )([A-Za-z0-9][\w-]{2,62})(?= [\w./()@-]{1,60}(?:\[\d{1,8}\])?: )/gm,
  /(\bLinux )([A-Za-z0-9][\w-]{2,62})(?= \d\.\d)/g,
  /(\b(?:server on|added|on host|from host|to host|at host|host name|hostname is|hostname|host|server|node|machine|replica|standby|upstream|connect(?:ed|ing)? to|connection (?:to|from)|resolve|lookup|reach|ping|ssh|peer) ["'`]?)([a-z0-9][\w]{0,30}-[\w-]{1,40})(?=["'`\s,;:.)]|$)/g,
  // A line of /etc/hosts.
  /(^\s{0,4}(?:\d{1,3}\.){3}\d{1,3}[ \t]{1,20}(?:[\w.-]{1,200}[ \t]{1,8}){0,3})([a-z0-9][\w-]{3,62})(?=[ \t]{0,4}(?:#|$))/gm,
];

/** Names of hosts: full ones wherever they stand, short ones where a name, a command or a log line says what they are. */
export const hostNames: Rule = {
  id: HOST.id,
  tier: HOST.tier,
  kind: HOST.kind,
  triggers: [
    '[a-z0-9-]\\.[a-z0-9-]{1,63}\\.[a-z]{2}',
    '[a-z0-9-]\\.[a-z]{3}',
    '[a-z]@',
    "'@",
    ' -h ',
    '--host',
    ' -H ',
    '[a-z]{3} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [a-z0-9]',
    'T[0-9:.]{8,20}[Z+-][0-9:]{0,5} [a-z0-9_-]+ [a-z0-9_./()@-]+[:[]',
    'Linux ',
    '[a-z] ["\'`]?[a-z0-9_]{1,30}-[a-z0-9_-]',
  ],
  apply: (text, put) => {
    const full = text.replace(NAME, (found, at: number) => {
      const token = found.replace(/[.-]+$/, '');
      const next = text[at + token.length] ?? '';
      const arrow = next === '(' || (next === '\\' && text[at + token.length + 1] !== 'n');
      return token.includes('.') && !arrow && isFullHost(token, text[at - 1] === '.')
        ? put(HOST, token) + found.slice(token.length)
        : found;
    });
    return SHORT.reduce(
      (cleaned, shape) =>
        cleaned.replace(shape, (whole, lead: string, name: string) =>
          isShortHost(name) ? lead + put(HOST, name) : whole,
        ),
      full,
    );
  },
};
