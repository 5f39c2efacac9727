import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown } from '../../src/check.ts';
import { portRanges } from '../../src/facts/port-ranges.ts';
import type { SystemAnswers } from '../../src/host/answers/system.ts';
import type { Host } from '../../src/host/host.ts';
import type { Finding } from '../../src/model.ts';

type Listener = SystemAnswers['listeners']['listeners'][number];
type Container = { readonly name: string; readonly image: string; readonly product: string | null };
type Held = { readonly port: number; readonly listener: Listener | null; readonly container: Container | null };

const HOLDING = new Set(['running', 'paused', 'restarting']);
/** Docker's own process that listens for a container. */
const PROXY = 'docker-proxy';

/** Containers by the host ports that they publish, where the Engine of this machine answers. */
const published = async (host: Host) => {
  const engine = await host.docker('engine');
  if (engine.state !== 'reachable' || !engine.local) return [];
  const { containers } = await host.docker('containers');
  return containers
    .filter(({ state }) => HOLDING.has(state))
    .flatMap(({ name, image, product, ports }) =>
      ports.map(({ host: port }) => ({ port, container: { name, image, product } })),
    );
};

const judged = ({ port, listener, container }: Held): Finding | null => {
  const subject = `port ${port}`;
  const taken = (who: string, remedy: string) =>
    fail(`Port ${port} is held by ${who}; the client needs it free.`, { subject, remedy });
  if (container?.product) return pass(`Port ${port} is held by the client itself (${container.name})`, { subject });
  if (container)
    return taken(
      `container ${container.name} (${container.image})`,
      `Stop container ${container.name}, or publish it on another port.`,
    );
  if (listener?.program === PROXY)
    return unknown(`Port ${port} is held by a container (${PROXY}), but the Engine did not tell which one.`, {
      subject,
    });
  if (listener?.pid != null)
    return taken(
      `${listener.program ?? 'a program'} (process ${listener.pid}) on ${listener.address}`,
      `Stop ${listener.program ?? `process ${listener.pid}`}, or move it to another port.`,
    );
  if (listener)
    return taken(
      `a program on ${listener.address}, its owner not visible to this user`,
      `Find its owner with "sudo ss -ltnp sport = :${port}", and stop it or move it.`,
    );
  return null;
};

/** The host ports that the chosen shape publishes, and who holds them. */
export const hostPorts = defineCheck({
  id: 'host.ports',
  title: 'Host ports',
  group: 'host',
  phase: 'before',
  touches: "Reads the listening TCP ports and who owns them, and the Engine's published ports.",
  remedy: 'Stop what holds the port, or give it another one.',
  requirement: z.strictObject({ ports: z.array(z.int().check(z.gte(1), z.lte(65535))).check(z.minLength(1)) }),
  limit: ({ ports }) => ({
    op: 'is',
    value: 'free',
    display: `${portRanges(ports)} free`,
  }),
  measure: async (host, { ports }) => {
    const [{ listeners }, containers] = await Promise.all([host.system('listeners'), published(host)]);
    const held = ports.map((port): Held => {
      const listener =
        listeners.find((one) => one.port === port && one.pid !== null) ?? listeners.find((one) => one.port === port);
      return {
        port,
        listener: listener ?? null,
        container: containers.find((one) => one.port === port)?.container ?? null,
      };
    });
    return { held };
  },
  figure: ({ held }) => {
    const free = held.filter(({ listener, container }) => !listener && !container).length;
    const own = held.filter(({ container }) => container?.product).length;
    const kept = own > 0 ? `, ${own} held by the client` : '';
    return { value: free, unit: '{port}', display: `${free} of ${held.length} free${kept}` };
  },
  judge({ held }) {
    const findings = held.map((one) => ({ port: one.port, finding: judged(one) }));
    const free = findings.filter(({ finding }) => !finding).map(({ port }) => port);
    const told = findings.flatMap(({ finding }) => finding ?? []);
    return free.length ? [pass(`Free: ${free.join(', ')}`), ...told] : told;
  },
});
