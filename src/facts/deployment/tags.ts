import { fail, pass, skip, warn } from '../../check.ts';
import type { Role } from '../../host/answers/deployment.ts';
import type { Finding } from '../../model.ts';
import { ROLE_NAMES } from './run-state.ts';

export type Tagged = {
  readonly name: string;
  readonly role: Role;
  readonly image: string;
  readonly tag: string | null;
  /** It was made already, so the image was there. */
  readonly made: boolean;
};

export type TagForm = 'version' | 'no-v' | 'two-vs' | 'latest' | 'digest' | 'gone' | 'not-given' | 'other';

const VERSION = /^v(\d+(?:\.\d+){1,3})$/;

/** In the vendor's files the tag is "v" and WA_API_VERSION: without that nothing is left of it. */
const isUngiven = ({ image, tag, made }: Omit<Tagged, 'name' | 'role'>): boolean =>
  !made && (tag === null ? /^docker\.whatsapp\.biz\//.test(image) : /^v*$/.test(tag) || tag.includes('$'));

/** What a tag looks like beside "v2.57.2", the form of the vendor's images. */
const tagForm = (tagged: Omit<Tagged, 'name' | 'role'>): TagForm => {
  const { image, tag } = tagged;
  if (tag === null && image.includes('@')) return 'digest';
  if (tag === null && /^(sha256:)?[0-9a-f]{12,64}$/.test(image)) return 'gone';
  if (isUngiven(tagged)) return 'not-given';
  if (tag === null || tag === 'latest') return 'latest';
  if (VERSION.test(tag)) return 'version';
  if (/^vv+\d/i.test(tag)) return 'two-vs';
  return /^\d+(\.\d+){1,3}$/.test(tag) ? 'no-v' : 'other';
};

/** The version that a tag tells, without its "v"; null where it tells none. */
export const versionOf = (tagged: Omit<Tagged, 'name' | 'role'>): string | null =>
  ['version', 'no-v', 'two-vs'].includes(tagForm(tagged)) ? (tagged.tag?.replace(/^v+/i, '') ?? null) : null;

/** What is to be said of the form of one tag; null for the vendor's own. */
const formFinding = (tagged: Tagged): Finding | null => {
  const { name, image, made } = tagged;
  const subject = name;
  const version = versionOf(tagged) ?? '';
  switch (tagForm(tagged)) {
    case 'version':
      return null;
    case 'digest':
      return pass(`${name} is pinned by a digest, which tells no version`, { subject });
    case 'gone':
      return pass(`The image of ${name} lost its tag, so its version is not told`, { subject });
    case 'other':
      return pass(`The tag of ${name} tells no version (${image})`, { subject });
    case 'not-given':
      return skip(`The tag of ${name} is made from WA_API_VERSION, which is not set here (${image})`, {
        subject,
        remedy: 'Set WA_API_VERSION in the environment or in .env beside the file, without a leading v (2.57.2).',
      });
    case 'latest':
      return warn(`The image of ${name} is not named by a version (${image}): the next pull may change it unseen`, {
        subject,
        remedy: 'Name the version in the tag, as the vendor does: v2.57.2.',
      });
    case 'two-vs': {
      const message = `The tag of ${name} begins with two letters v (${image})`;
      const remedy = `Give the version without the letter, which the vendor's files add: WA_API_VERSION=${version}.`;
      return made
        ? pass(`${message}, though the image was there`, { subject })
        : fail(`${message}: the registry has no such image`, { subject, remedy });
    }
    default:
      return made
        ? pass(`The tag of ${name} has no leading v (${image}), as on a mirror`, { subject })
        : warn(`The tag of ${name} has no leading v (${image}); the vendor's tags have one`, {
            subject,
            remedy: `Name the tag as the vendor does, v${version}.`,
          });
  }
};

/** Whether all of one deployment are of one version. */
const mixed = (clients: readonly Tagged[]): readonly Finding[] => {
  const versions = Object.entries(Object.groupBy(clients, (one) => versionOf(one) ?? ''))
    .filter(([version]) => version !== '')
    .map(([version, some = []]) => ({ version, of: some.map(({ role, name }) => `${ROLE_NAMES[role]} ${name}`) }));
  const [first] = versions;
  if (!first) return [];
  if (versions.length === 1) return [pass(`${first.of.join(', ')}: v${first.version}`)];
  const told = versions.map(({ version, of }) => `v${version} (${of.join(', ')})`).join(' and ');
  return [
    fail(`The containers are of different versions: ${told}; all need the same`, {
      remedy: 'Set one WA_API_VERSION for all, and run docker compose up -d.',
    }),
  ];
};

/** What may be said of the tags of one deployment. */
export const tagFindings = (clients: readonly Tagged[]): readonly Finding[] => [
  ...mixed(clients),
  ...clients.map(formFinding).filter((finding) => finding !== null),
];
