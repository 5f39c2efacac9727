import type { SystemAnswers } from '../../answers/system.ts';
import { metadataSession, type ReadLine } from './metadata.ts';
import { onEc2 } from './on-ec2.ts';

type Answer = NonNullable<SystemAnswers['ec2']>;
type Environment = Readonly<Record<string, string | undefined>>;

const WHOLE_MS = 2000;
const IPV4 = 'http://169.254.169.254';
const IPV6 = 'http://[fd00:ec2::254]';
const MOST_DEVICES = 32;

const isTrue = (value: string | undefined): boolean => ['1', 'true'].includes(value?.toLowerCase() ?? '');

const without = (wrong: string): Answer => ({ wrong, instanceType: null, region: null, imageId: null, devices: [] });

/** Where the service is asked, as AWS's own programs choose it, or why it is not to be asked. */
const serviceOf = (environment: Environment): URL | string => {
  if (isTrue(environment['WA_PREFLIGHT_OFFLINE'])) return '--offline was given, and it is beyond this host';
  if (isTrue(environment['AWS_EC2_METADATA_DISABLED']))
    return 'AWS_EC2_METADATA_DISABLED says that it is not to be asked';
  const six = environment['AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE']?.toLowerCase() === 'ipv6';
  const named = environment['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
  const url = URL.parse(named || (six ? IPV6 : IPV4));
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    return 'AWS_EC2_METADATA_SERVICE_ENDPOINT is no address of the form http://HOST:PORT';
  return url;
};

/** One line that has the form it must have; anything else is as if it were not told. */
const lineOf = async (read: ReadLine, path: string, form: RegExp): Promise<string | null> => {
  const line = (await read(path))?.trim() ?? '';
  return form.test(line) ? line : null;
};

const NAME = /^[a-z]{3,12}\d{0,3}$/;
const DEVICE = /^(\/dev\/)?[a-z0-9/]{2,32}$/;
const devicesOf = async (read: ReadLine): Promise<readonly string[]> => {
  const folder = 'block-device-mapping/';
  const names = ((await read(folder)) ?? '').split('\n').filter((name) => NAME.test(name));
  const read1 = async (name: string): Promise<readonly string[]> => {
    const device = await lineOf(read, `${folder}${name}`, DEVICE);
    return device ? [`${name} ${device}`] : [];
  };
  return (await Promise.all(names.slice(0, MOST_DEVICES).map(read1))).flat();
};

const askService = async (base: URL, signal: AbortSignal): Promise<Answer> => {
  const read = await metadataSession(base, signal);
  const [instanceType, region, imageId, devices] = await Promise.all([
    lineOf(read, 'instance-type', /^[a-z][a-z0-9-]{0,20}\.[a-z0-9-]{1,20}$/),
    lineOf(read, 'placement/region', /^[a-z]{2}(-[a-z0-9]{1,12}){1,4}$/),
    lineOf(read, 'ami-id', /^ami-[0-9a-f]{1,32}$/),
    devicesOf(read),
  ]);
  return { wrong: null, instanceType, region, imageId, devices: [...devices] };
};

const whyOf = (error: unknown, late: boolean): string => {
  if (late)
    return `it gave no answer within ${WHOLE_MS / 1000} s; a container is one hop farther than the instance's hop limit of 1`;
  const why = error instanceof Error ? error.message : String(error);
  return why || 'the connection failed';
};

/** What EC2's metadata service says of this machine; null where the firmware does not say EC2, and then nothing is connected to. */
export const ec2 = async (
  signal: AbortSignal,
  environment: Environment = process.env,
  root = '',
): Promise<SystemAnswers['ec2']> => {
  if (!onEc2(root)) return null;
  const service = serviceOf(environment);
  if (typeof service === 'string') return without(`the instance metadata service was not asked: ${service}`);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), WHOLE_MS);
  try {
    return await askService(service, AbortSignal.any([signal, stop.signal]));
  } catch (error) {
    signal.throwIfAborted();
    return without(`the instance metadata service at ${service.host}: ${whyOf(error, stop.signal.aborted)}`);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
};
