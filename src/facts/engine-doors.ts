import { fail, pass, warn } from '../check.ts';
import type { SystemAnswers } from '../host/answers/system.ts';
import type { Finding } from '../model.ts';
import { addressPosition } from './database/network.ts';

/** A TCP address on which the Engine is, or may be, spoken to. */
export type EngineDoor = {
  readonly at: string;
  /**
   * clear: whoever connects is root of the host. tls: by certificates. container: a container publishes Docker's port.
   * unsure: something listens on it.
   */
  readonly kind: 'clear' | 'tls' | 'container' | 'unsure';
  readonly inner: boolean;
  /** Who listens, where that is seen. */
  readonly program: string | null;
};

/** Ports that are assigned to Docker: without TLS, and with it. */
const CLEAR = 2375;
const TLS = 2376;

const ENGINES = new Set(['dockerd', 'dockerd-current', 'docker', 'podman']);

/** The Engine's own warning for each address that it serves without encryption, or without asking for a certificate. */
const WARNING = /API is accessible on (https?):\/\/(\S+?) without (encryption|TLS client verification)/;

const isInner = (address: string): boolean =>
  !['0.0.0.0', '::', '*', ''].includes(address) && addressPosition(address) === 'loopback';

const hostIn = (hostAndPort: string): string => hostAndPort.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

/** The Engine's TCP addresses by its own words. */
const warned = (warnings: readonly string[]): readonly EngineDoor[] =>
  warnings.flatMap((warning) => {
    const [, , at] = WARNING.exec(warning) ?? [];
    return at ? [{ at, kind: 'clear' as const, inner: isInner(hostIn(at)), program: null }] : [];
  });

/** What a listener on Docker's ports is. `tells`: the Engine would warn of itself, if it were open. */
const kindOf = (port: number, program: string | null, tells: boolean): EngineDoor['kind'] => {
  if (program === 'docker-proxy') return 'container';
  if (port === TLS || tells) return 'tls';
  return program !== null && ENGINES.has(program) ? 'clear' : 'unsure';
};

const isForeign = (program: string | null): boolean =>
  program !== null && !ENGINES.has(program) && program !== 'docker-proxy' && program !== 'systemd';

const listened = (listeners: SystemAnswers['listeners']['listeners'], tells: boolean): readonly EngineDoor[] =>
  listeners
    .filter(({ port, program }) => (port === CLEAR || port === TLS) && !isForeign(program))
    .map(({ port, address, program }) => ({
      at: `${address.includes(':') ? `[${address}]` : address}:${port}`,
      kind: kindOf(port, program, tells),
      inner: isInner(address),
      program,
    }));

const portOf = (at: string): string => /\d+$/.exec(at)?.[0] ?? '';

/**
 * The TCP addresses of the Engine, each port once, by its own words first. `tells`: it is of a version that warns of itself
 * (19.03 and later).
 */
export const engineDoors = (
  warnings: readonly string[],
  listeners: SystemAnswers['listeners']['listeners'],
  tells: boolean,
): readonly EngineDoor[] => {
  const own = warned(warnings);
  const told = new Set(own.map(({ at }) => portOf(at)));
  const others = listened(listeners, tells).filter(({ at }) => !told.has(portOf(at)));
  return [
    ...own,
    ...others.filter(({ at }, index) => others.findIndex((one) => portOf(one.at) === portOf(at)) === index),
  ];
};

const CLOSE =
  "Take the -H tcp:// address out of the Engine's settings (daemon.json, docker.service), or serve it with --tlsverify on 2376.";

/** What is to be said of one address. */
export const doorFinding = ({ at, kind, inner, program }: EngineDoor): Finding => {
  const subject = at;
  if (kind === 'tls')
    return pass(
      `${at} is open (${program ?? 'its owner is not visible'}), and the Engine tells of no address without TLS`,
      {
        subject,
      },
    );
  if (kind !== 'clear' && inner) return pass(`${at} is open for this host alone`, { subject });
  if (kind !== 'clear') {
    const who = kind === 'container' ? 'A container is published' : 'Something listens';
    return warn(
      `${who} at ${at}, Docker's port without TLS: if it hands the Engine on, whoever reaches it is root here`,
      {
        subject,
        remedy: `Find its owner (sudo ss -ltnp sport = :${portOf(at)}), and bind it to 127.0.0.1.`,
      },
    );
  }
  const is = `The Engine takes commands at ${at}${program ? ` (${program})` : ''} without asking who gives them`;
  if (inner)
    return warn(`${is}: every user and every program of this host is root through it`, { subject, remedy: CLOSE });
  return fail(`${is}: whoever reaches it is root of this host`, { subject, remedy: CLOSE });
};
