import type { Evidence } from '../../evidence.ts';
import { type Source, SourceError } from '../../source.ts';
import { kernelText } from '../kernel-files.ts';
import { answerFile, answersFile } from './evidence-files.ts';
import { fileSource } from './foreign.ts';
import type { AllPatience } from './patience.ts';
import { programSource } from './program-source.ts';
import { routeWords, routeWordsIpv6 } from './route-words.ts';
import { wholeOf } from './source-of.ts';

const BASE = { part: 'network', priority: 1 } as const;

type KernelText = readonly [path: string, origin: string, words?: (text: string) => string];
const KERNEL_TEXTS: Readonly<Record<string, KernelText>> = {
  'routes.txt': ['/proc/net/route', 'routes of IPv4, as the kernel has them', routeWords],
  'routes-ipv6.txt': ['/proc/net/ipv6_route', 'routes of IPv6, as the kernel has them', routeWordsIpv6],
  'devices.txt': ['/proc/net/dev', 'packets and errors of each interface'],
  'sockets.txt': ['/proc/net/sockstat', 'sockets in use'],
  'snmp.txt': ['/proc/net/snmp', 'counters of IP, TCP and UDP'],
  'netstat.txt': ['/proc/net/netstat', 'further counters of TCP'],
};

const kernelFiles = (): readonly Source[] =>
  Object.entries(KERNEL_TEXTS).map(([name, [path, origin, words = (text: string) => text]]) =>
    wholeOf({ ...BASE, path: `network/${name}`, collector: path, origin, form: 'text' }, async () => {
      const text = kernelText(path);
      if (text === null) throw new SourceError('absent', `there is no ${path} that could be read (ENOENT or EACCES)`);
      return words(text);
    }),
  );

const LIMITS = { withinMs: 4000, most: 512 * 1024 };

/** What is known of networks: names, connections and certificates by the run's answers; routes, interfaces and firewall rules. */
export const networkFacts = (evidence: Evidence, { files, programs }: AllPatience): readonly Source[] => {
  const ip = (name: string, origin: string, ...args: readonly string[]) =>
    programSource(
      { ...BASE, path: `network/${name}`, origin, form: 'json' },
      [{ name: 'ip', args: ['-j', ...args], ...LIMITS }],
      programs,
    );
  const rules = (name: string, ...programNames: readonly (readonly string[])[]) =>
    programSource(
      { ...BASE, path: `network/${name}`, origin: 'firewall rules', form: 'text' },
      programNames.map(([program = '', ...args]) => ({ name: program, args, ...LIMITS })),
      programs,
    );
  const asked = (topic: string) => (key: string) => key.startsWith(`network "${topic}"`);
  return [
    answersFile(evidence, 'network', 'network/dns.json', 'answers of name servers', asked('dns')),
    answersFile(
      evidence,
      'network',
      'network/connections.json',
      'connections that were tried, and certificates',
      asked('reach'),
    ),
    answersFile(evidence, 'network', 'network/webhook.json', 'the webhook', asked('webhook')),
    answerFile(evidence, 'network', 'network/api-endpoint.json', 'api "endpoint"'),
    answerFile(evidence, 'network', 'network/api-tls-versions.json', 'api "tls-versions"'),
    answersFile(evidence, 'network', 'network/latency.json', 'latencies with their histograms', (key) =>
      key.includes('latency"'),
    ),
    ...kernelFiles(),
    ip('interfaces.json', 'interfaces, their addresses and MTU', 'address'),
    ip('ip-routes.json', 'routes', 'route', 'show', 'table', 'all'),
    ip('ip-rules.json', 'rules of routing', 'rule'),
    rules('iptables.txt', ['iptables-save']),
    rules('ip6tables.txt', ['ip6tables-save']),
    rules('nftables.txt', ['nft', 'list', 'ruleset']),
    ...['resolv.conf', 'hosts', 'nsswitch.conf'].map((name) =>
      fileSource({ ...BASE, path: `network/${name}.txt`, file: `/etc/${name}`, form: 'text' }, files),
    ),
  ];
};
