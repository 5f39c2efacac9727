import * as z from 'zod/mini';
import { defineCheck, fail, pass, warn } from '../../src/check.ts';
import { chosenBy, NEEDED, unreached } from '../../src/facts/engine-state.ts';

/** Whether the Engine that Docker's own client would ask can be reached, and is Docker's. */
export const dockerEngine = defineCheck({
  id: 'docker.engine',
  title: 'Docker Engine',
  group: 'docker',
  phase: 'before',
  touches:
    "Asks the Docker Engine for its version, where Docker's own client would: DOCKER_HOST, the context, the socket.",
  remedy: 'Install Docker Engine and start it, and run the tool with the right to reach its socket.',
  requirement: z.strictObject({ products: z.array(z.enum(['docker', 'podman'])).check(z.minLength(1)) }),
  limit: ({ products }) => ({ op: 'in', value: products, display: `${products.join(' or ')}, reachable` }),
  measure: (host) => host.docker('engine'),
  figure: ({ state, product }) => ({
    value: state,
    display: state === 'reachable' ? (product ?? 'unknown') : state,
  }),
  judge(engine, { products }) {
    if (engine.state !== 'reachable') return unreached(engine);
    const at = `${engine.endpoint}${chosenBy(engine)}`;
    if (engine.product === 'podman' && !products.includes('podman'))
      return fail(`What answers at ${at} is Podman speaking Docker's API, not Docker; ${NEEDED}`, {
        remedy: 'Install Docker Engine 18.04 or later, and stop the Podman service at that address.',
      });
    if (!engine.local)
      return warn(`The Engine at ${at} answers over the network; the host checks judge the machine the tool runs on`, {
        remedy: 'Run the tool on the machine of that Engine.',
      });
    return pass(`${engine.product === 'podman' ? 'Podman' : 'Docker Engine'} answers at ${at}`);
  },
});
