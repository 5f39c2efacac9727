import type { Host } from '../host/host.ts';

/** A distribution as its own files name it: `id` and `version` as in os-release, or as read from an older file. */
export type OperatingSystem = {
  readonly id: string;
  readonly version: string;
  readonly pretty: string;
  readonly file: string;
};

const unquoted = (value: string): string => {
  const inner = /^"(.*)"$/.exec(value)?.[1] ?? /^'(.*)'$/.exec(value)?.[1] ?? value;
  return inner.replace(/\\(["$`\\])/g, '$1');
};

/** Parses os-release(5): KEY=value lines with shell quotes, comments and unknown keys passed over. */
export const parseOsRelease = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split('\n')
      .map((line) => /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line))
      .flatMap((match) => (match?.[1] ? [[match[1], unquoted(match[2] ?? '')] as const] : [])),
  );

// Distributions from before os-release say themselves in one line: "CentOS release 6.10 (Final)".
const OLD_FILES = [
  '/etc/centos-release',
  '/etc/redhat-release',
  '/etc/SuSE-release',
  '/etc/alpine-release',
  '/etc/debian_version',
];
const OLD_IDS: readonly (readonly [RegExp, string])[] = [
  [/centos/i, 'centos'],
  [/red hat/i, 'rhel'],
  [/suse/i, 'sles'],
];

/** The distribution of a host, by os-release or an older file; null when neither is there. */
export const operatingSystem = async (host: Host): Promise<OperatingSystem | null> => {
  for (const file of ['/etc/os-release', '/usr/lib/os-release']) {
    const text = await host.readFile(file);
    if (text === null) continue;
    const fields = parseOsRelease(text);
    const id = fields.get('ID') ?? 'linux';
    const version = fields.get('VERSION_ID') ?? '';
    return { id, version, pretty: fields.get('PRETTY_NAME') ?? `${id} ${version}`.trim(), file };
  }
  for (const file of OLD_FILES) {
    const line = (await host.readFile(file))?.trim().split('\n')[0];
    if (!line) continue;
    const named = OLD_IDS.find(([pattern]) => pattern.test(line))?.[1];
    const id = named ?? (file.includes('alpine') ? 'alpine' : file.includes('debian') ? 'debian' : 'linux');
    const pretty = named ? line : `${id} ${line}`;
    return { id, version: /\d+(\.\d+)*/.exec(line)?.[0] ?? '', pretty, file };
  }
  return null;
};
