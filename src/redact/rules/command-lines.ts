import type { Put, Rule } from '../rule.ts';
import { cleanDirectives } from '../structure/directives.ts';
import { credentialRule } from '../structure/names.ts';
import { isBlank, isProse } from '../structure/shapes.ts';
import { meaningOf } from '../structure/words.ts';

const ARGUMENT = `("|'|)(?!--?[A-Za-z])((?:[^\\s"'\`\\\\\\x1b]|\\\\.){2,1024})`;
const LONG = new RegExp(`(?<![\\w-])(--?[A-Za-z][\\w.-]{1,60})[ \\t]{1,4}${ARGUMENT}`, 'g');
const GLUED =
  /(\b(?:mysql\w{0,12}|mariadb[\w-]{0,12}|mysqldump|mysqladmin|sshpass|mycli|7za?|rar|unrar|xtrabackup|innobackupex|pt-[a-z-]{3,30})\b[^\n;|]{0,400}?\s-p)(["']?)([^\s"']{3,256})/g;
const SPACED =
  /(\b(?:docker|podman|nerdctl|buildah|skopeo|helm|crane|oras|az|oc|sshpass|mongo\w{0,8}|htpasswd|zip|unzip|cf|ldap\w{2,10}|redis-cli|sqlcmd|bcp|kinit|ipmitool|svn|twine|rabbitmqctl|impacket-\w{1,20}|influx)\b[^\n;|]{0,300}?\s-(?:p|a|w|P|pw)\s{1,3})(["']?)([^\s"'-][^\s"']{2,256})/g;
const LOGIN =
  /((?<![\w-])(?:-u|--user|--proxy-user|-U|--login)(?:[ \t]{1,3}|=)["']?[\w.@\\%+-]{1,80}[:%])([^\s"'`]{2,256})/g;
const LOGIN_GLUED =
  /((?:\bcurl\b[^\n;|]{0,300}?\s-u|\blftp\b[^\n;|]{0,300}?\s-u ?|^https?\b[^\n;|]{0,300}?\s(?:-a|--auth)[ =]|\b(?:sqlplus|sqlldr|expdp|impdp|rman)\s(?:-\w{1,9}\s)?)["']?)([\w.@-]{1,64}[:,/])([^\s"'@]{2,256})/gm;
const PIPED =
  /(\b(?:echo|printf)\s{1,3}(?:-[a-z]\s{1,3})?(?:["']?%s(?:\\n)?["']?\s{1,3})?["']?)([^\s"'|]{4,256})(?=["']?\s{0,3}\|[^\n]{0,200}(?:--password-stdin|passwd\b|--stdin|sudo -S|chpasswd|cryptsetup|docker login|base64))/g;
const HERE =
  /(\b(?:sudo -S|chpasswd|passwd|--password-stdin|cryptsetup|read -\w{1,4} \w{1,40})[^\n]{0,120}<<<\s{0,2}["']?)([^\s"']{3,256})/g;
const VERB =
  /(\b(?:vault\s{1,3}(?:login(?:\s{1,3}-[\w=-]{1,40}){0,3}|token (?:lookup|revoke|renew)|unwrap|operator unseal)|gh auth login --with-token|requirepass|masterauth|AUTH(?:[ \t]+[\w.-]{1,40}(?=[ \t]+[^\s|;&]))?|insecure-password|stats auth [\w.-]{1,64}:|chpasswd|openssl\b[^\n]{0,200}\s-(?:passin|passout|pass|k)\s{1,2}(?:pass:)?|htpasswd\s[^\n]{0,80}-[a-zA-Z]*b[a-zA-Z]*\s{1,3}\S{1,200}\s{1,3}\S{1,80}|ConvertTo-SecureString(?: -String)?|psk|snmp-server community|rocommunity|rwcommunity|password-hash)[ \t]{0,3})(["']?)(?![<>|&;-])([^\s"']{3,512})/g;
const NETRC = /(\b(?:machine|login)\s{1,4}\S{1,255}\s[^\n]{0,300}?\bpassword\s{1,4})(\S{1,256})/g;
const PGPASS =
  /^((?:[^\s:]{1,255}|\*):(?:\d{3,5}|\*):(?!\d{1,8}:)[^\s:/]{1,64}:(?!\d{1,8}:)[^\s:/]{1,64}:)(\S[^\n]{0,255})$/gm;
const HTPASSWD = /^([\w.@-]{1,64}:)([./A-Za-z0-9]{13}|\{SHA\}\S{10,60})(?=\r?$)/gm;

const FILED =
  /((?<![\w-])(?:echo|printf)\s{1,3}(?:-n\s{1,3})?["']?)([^\s"'|>]{6,512})(?=["']?\s{0,3}>{1,2}\s{0,3}(?:[\w./-]{0,200}\/)?[\w.-]{0,60}(?:pass|secret|token|key|cred)[\w.-]{0,40})/gi;
const HEREDOC =
  /((?:pass|secret|token|key|cred)[\w.-]{0,40}["']?[^\n<]{0,80}<<-?\s?["']?(\w{2,20})["']?[^\n]{0,80}\n)([^\n]{1,2000}(?:\n(?!\2)[^\n]{1,2000}){0,40})(?=\n\2\b)/gi;

const label = (kind: string, secret: string, put: Put): string => put(credentialRule(kind), secret);

const longOption = (text: string, put: Put): string =>
  text.replace(LONG, (whole, option: string, _: string, value: string) => {
    const meaning = meaningOf(option.replace(/^-+/, ''));
    if (
      meaning?.is !== 'credential' ||
      isBlank(value) ||
      isProse(value) ||
      /^-{1,2}[a-z]/i.test(value) ||
      /^[=:|&<>;]/.test(value)
    )
      return whole;
    if (!option.startsWith('--') && option.length < 5) return whole;
    if (/^[\w+.-]{2,20}:\/\/|^\/[\w./-]+$/.test(value) || /^\d{1,5}$/.test(value)) return whole;
    const kept = value.replace(/[,;)\]]+$/, '');
    return whole.slice(0, whole.length - value.length) + label(meaning.kind, kept, put) + value.slice(kept.length);
  });

const unlessBlank =
  (kind: string, put: Put) =>
  (whole: string, lead: string, ...held: readonly (string | number)[]): string => {
    const groups = held.filter((one) => typeof one === 'string').slice(0, -1);
    const secret = groups.at(-1) ?? '';
    if (isBlank(secret) || isProse(secret)) return whole;
    return lead + groups.slice(0, -1).join('') + label(kind, secret, put);
  };

/** Passwords in command lines, of a shell's history, a process list or a script. */
export const commandLines: Rule = {
  id: 'credential.command-line',
  tier: 'credential',
  kind: 'password',
  triggers: [
    ...[
      '<<-? ?["\']?[a-z]',
      '>{1,2} ?[a-z0-9_./-]{0,80}pass',
      '> ?[a-z0-9_./-]{0,80}secret',
      '> ?[a-z0-9_./-]{0,80}token',
      '> ?[a-z0-9_./-]{0,80}key',
      '[a-z0-9]key[ \\t]',
      'key ["\']?[a-z0-9]',
    ],
    ...[
      'pass[a-z]{0,8}[ \\t]',
      'secret[a-z-]{0,8}[ \\t]',
      'token[ \\t]',
      'key[ \\t]',
      'pwd[ \\t]',
      'pin[ \\t]',
      'auth[ \\t]',
    ],
    ...[
      '[ \\t]-p',
      '[ \\t]-[awPU][ \\t]',
      '[ \\t]-pw',
      '[ \\t]-u',
      '--user',
      '--proxy-user',
      '--login',
      '--auth=',
      'sqlplus ',
      'sqlldr ',
      '[ei][xm]pdp ',
      'rman ',
      'echo ',
      'printf ',
      '<<<',
      'vault ',
      'requirepass',
      'masterauth',
      'AUTH ',
      'insecure-password',
      'stats auth',
      'chpasswd',
      'openssl',
      'htpasswd',
      'psk',
      'securestring ',
      'community',
      'machine ',
      'login ',
      '[^ :"]:[0-9*]{1,5}:[^ :/"]{1,64}:[^ :/"]{1,64}:',
      '^[a-z0-9_.@-]{1,64}:[./a-z0-9]{13}',
      '["n][a-z0-9_.@-]{1,64}:[./a-z0-9]{13}',
      '\\{SHA\\}',
    ],
  ],
  apply: (text, put) => {
    const password = unlessBlank('password', put);
    const options = longOption(text, put)
      .replace(GLUED, password)
      .replace(SPACED, (whole, lead: string, quote: string, secret: string) =>
        /^\d+(?::\d+)*(?:\/\w+)?$/.test(secret) || /\b(?:run|create|compose|up|ps|exec)\b/.test(lead) || isBlank(secret)
          ? whole
          : lead + quote + label('password', secret, put),
      )
      .replace(LOGIN, (whole, lead: string, secret: string) =>
        isBlank(secret) || /^\d{1,5}$/.test(secret) ? whole : lead + label('password', secret, put),
      )
      .replace(LOGIN_GLUED, (whole, lead: string, user: string, secret: string) =>
        isBlank(secret) ? whole : lead + user + label('password', secret, put),
      );
    return cleanDirectives(options, put)
      .replace(FILED, password)
      .replace(HEREDOC, (whole, lead: string, _: string, held: string) =>
        /[=:{\s]/.test(held.split('\n')[0] ?? '')
          ? whole
          : lead +
            held
              .split('\n')
              .map((line) => label('secret', line, put))
              .join('\n'),
      )
      .replace(PIPED, password)
      .replace(HERE, password)
      .replace(VERB, password)
      .replace(NETRC, password)
      .replace(PGPASS, password)
      .replace(HTPASSWD, (_, user: string, hash: string) => user + label('password-hash', hash, put));
  },
};
