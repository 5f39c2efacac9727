import { MEDIA, NETWORK } from './containers.ts';
import { type Engine, NoLab } from './engine.ts';
import { LAB_LABEL } from './images.ts';

/** Networks that hardly anybody has: the first that is free is taken, so that addresses are known beforehand. */
const SUBNETS = ['10.213.77', '172.29.213', '192.168.213'];
const OVERLAPS = /overlap/i;

const refuseOthers = async (engine: Engine, path: string, what: string): Promise<void> => {
  const { status } = await engine.ask({ path });
  if (status === 200) throw new NoLab(`This Engine has a ${what} already; the lab would take its place.`);
};

/** Makes the lab's volume and its network, and tells the address of this host in it; refuses to use what is there. */
export const makeNetwork = async (engine: Engine, lab: string): Promise<{ readonly gateway: string }> => {
  await refuseOthers(engine, `/networks/${NETWORK}`, `network ${NETWORK}`);
  await refuseOthers(engine, `/volumes/${MEDIA}`, `volume ${MEDIA}`);
  const volume = { Name: MEDIA, Labels: { [LAB_LABEL]: lab } };
  await engine.demand({ method: 'POST', path: '/volumes/create', body: volume });
  for (const subnet of SUBNETS) {
    const gateway = `${subnet}.1`;
    const body = {
      ...{ Name: NETWORK, Driver: 'bridge', IPAM: { Config: [{ Subnet: `${subnet}.0/24`, Gateway: gateway }] } },
      Labels: {
        [LAB_LABEL]: lab,
        'com.docker.compose.project': 'installation',
        'com.docker.compose.network': 'default',
      },
    };
    const { status, body: said } = await engine.ask({ method: 'POST', path: '/networks/create', body });
    if (status === 201) return { gateway };
    if (!OVERLAPS.test(said)) throw new Error(`no network: ${status} ${said}`);
  }
  throw new Error(`no network: ${SUBNETS.join(', ')} are all taken`);
};
