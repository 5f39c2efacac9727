import type { DockerAnswers } from '../../answers/docker.ts';

type Product = DockerAnswers['containers']['containers'][number]['product'];

/** What the Engine's list tells of a container, as much as recognising it takes. */
type Listed = {
  readonly Image: string;
  readonly Command: string;
  readonly Mounts?: readonly { readonly Destination: string }[] | null | undefined;
  readonly Labels?: Readonly<Record<string, string>> | null | undefined;
  readonly Ports?: readonly { readonly PrivatePort: number }[] | null | undefined;
};

const REGISTRY = 'docker.whatsapp.biz/';
const MEDIA = '/usr/local/wamedia';
const LAUNCHER = 'launch_within_docker.sh';
const SERVICE = 'com.docker.compose.service';

/**
 * Whether a container is the client's own, by image, media mount, command and Compose labels of the vendor's files;
 * never by its name. A mirrored or deleted image is recognised by the rest; the one-shot schema upgrade is neither.
 */
export const productOf = (body: Listed): Product => {
  const { Image, Command, Mounts, Labels, Ports } = body;
  const media = Mounts?.some(({ Destination }) => Destination === MEDIA) ?? false;
  const service = Labels?.[SERVICE] ?? '';
  if (service === 'dbupgrade') return null;
  // The launcher alone is not enough: the upgrade has it too, and only the media mount is on every Coreapp and Webapp.
  if (
    !Image.startsWith(REGISTRY) &&
    !(media && (Command.includes(LAUNCHER) || /\/(coreapp|web)[:@]/.test(`/${Image}:`)))
  )
    return null;
  const name = /([^/]*?)(?::[^:/]*)?(?:@.*)?$/.exec(Image)?.[1] ?? '';
  if (name === 'coreapp') return 'coreapp';
  if (name === 'web') return 'webapp';
  if (Image.startsWith(REGISTRY)) return null;
  if (/^(wacore|master)\d*$/.test(service)) return 'coreapp';
  if (/^waweb\d*$/.test(service)) return 'webapp';
  if (Ports?.some(({ PrivatePort }) => PrivatePort >= 6250 && PrivatePort <= 6253)) return 'coreapp';
  return Ports?.some(({ PrivatePort }) => PrivatePort === 443) ? 'webapp' : null;
};
