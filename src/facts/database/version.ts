import type { DatabaseAnswers } from '../../host/answers/database.ts';
import type { DatabaseEngine } from '../../host/login.ts';
import { ENGINE_PRODUCTS, type Kinship, PRODUCTS, type Product } from './products.ts';

type Told = Pick<DatabaseAnswers['server'], 'engine' | 'version' | 'comment' | 'signs'>;

/** What a database server really is. */
export type DatabaseVersion = {
  /** Short name of the product; "unknown" where it says nothing that is known. */
  readonly product: string;
  /** As people call it. */
  readonly name: string;
  readonly kinship: Kinship;
  /** The version of the engine that it is or claims to be, "8.0.36" or "13.8"; null where none can be read. */
  readonly numbers: string | null;
  /** The release series: "8.0" for MySQL, "13" for PostgreSQL, "9.6" before its version 10. */
  readonly series: string | null;
  readonly prerelease: boolean;
};

/** Comments with which MySQL's own builds, and those of distributions, come. */
const OWN_COMMENT =
  /^(mysql (community|enterprise|commercial|standard|classic|pro|advanced)\b|source distribution|\(?(ubuntu|debian|raspbian|suse|fedora|gentoo)|homebrew|arch linux|alpine)/i;
/** What stands behind the numbers in MySQL's own builds, and in those of distributions. */
const OWN_SUFFIX =
  /^([-+](log|debug|valgrind|asan|community|commercial|enterprise|advanced|standard|max|nt|lts|innovation|dmr|rc\d*|m\d+|beta\d*|alpha\d*|labs|preview)(?![a-z]))*([-+~.](\d[\w.+~]*)?(ubuntu|debian|deb\d|[.+_]el\d|\.fc\d|amzn|suse|alpine|dfsg|build\d)[\w.+~-]*)?$/i;
/** Packages of distributions count their own releases: 8.0.36-1. Percona does so too: 8.0.36-28, 8.0.36-28.1. */
const PACKAGE_RELEASE = /^-\d+(\.\d+)?(-log|-debug)?$/;
/** Longer than any version is; the rest of a longer text says nothing more of it. */
const LONGEST = 256;

const MYSQL_PRERELEASE = /[-.](dmr|rc\d*|m\d+|beta\d*|alpha\d*|labs|preview|milestone|trunk)\b/i;
const POSTGRESQL_PRERELEASE = /^[\d.]+\s*(devel|alpha|beta|rc)/i;

const marked = (told: Told): Product | undefined =>
  PRODUCTS.filter(({ engine }) => engine === told.engine).find(
    ({ text, comment, sign }) =>
      text?.test(told.version) ||
      comment?.test(told.comment ?? '') ||
      (sign && told.signs.some((one) => sign.test(one))),
  );

const unnamed = (engine: DatabaseEngine): Product => ({
  id: 'unknown',
  name: `Unknown build of ${ENGINE_PRODUCTS[engine].name}`,
  engine,
  kinship: 'build',
});

/** Numbers joined by dots at the head of a text, without leading zeros, at least `least` of them. */
const numbersOf = (text: string, least: number): readonly number[] | null => {
  const head = /^\d{1,5}(?:\.\d{1,9}){0,3}(?![\d])/.exec(text)?.[0];
  const numbers = head?.split('.').map(Number) ?? [];
  return numbers.length >= least ? numbers : null;
};

/** The version that a MySQL server claims; MariaDB hides its own behind "5.5.5-" in greetings, and some proxies pass that on. */
const mysql = (told: Told) => {
  const text = told.version.trim().replace(/^5\.5\.5-(?=\d{2}\.\d)/, '');
  const numbers = numbersOf(text, 2);
  const suffix = text.replace(/^\d[\d.]*\d/, '');
  const known = marked(told);
  const own = (told.comment ? OWN_COMMENT.test(told.comment.trim()) : true) && OWN_SUFFIX.test(suffix);
  const packaged = told.comment !== null && OWN_COMMENT.test(told.comment.trim()) && PACKAGE_RELEASE.test(suffix);
  const percona = !told.comment && PACKAGE_RELEASE.test(suffix);
  const guessed = own || packaged ? ENGINE_PRODUCTS.mysql : unnamed('mysql');
  const product = known ?? (percona ? PRODUCTS.find(({ id }) => id === 'percona') : undefined) ?? guessed;
  return {
    product,
    numbers,
    series: numbers ? numbers.slice(0, 2).join('.') : null,
    prerelease: MYSQL_PRERELEASE.test(suffix),
  };
};

/** What `version()` says in PostgreSQL's own builds and those of distributions, or `server_version` alone. */
const OWN_TEXT = /^(PostgreSQL\s+)?\d[\w.]*(\s+\((?<packager>[^()]*(\([^()]*\))?[^()]*)\))?(\s+on [\w.-]+|,|$)/i;
const PACKAGERS =
  /^(debian|ubuntu|raspbian|devuan|fedora|red hat|suse|opensuse|alpine|gentoo|homebrew|macports|postgres\.app)/i;

const isOwn = (text: string): boolean => {
  const read = OWN_TEXT.exec(text);
  return read !== null && PACKAGERS.test(read.groups?.['packager'] ?? 'Debian');
};

const postgresql = (told: Told) => {
  const text = told.version.trim();
  const head = /^[A-Za-z][A-Za-z ()-]*?v?(?=\d)/.exec(text)?.[0] ?? '';
  const numbers = numbersOf(text.slice(head.length), 1);
  const known = marked(told);
  const product = known ?? (isOwn(text) ? ENGINE_PRODUCTS.postgresql : unnamed('postgresql'));
  const old = numbers !== null && (numbers[0] ?? 0) < 10;
  return {
    product,
    numbers,
    series: numbers ? numbers.slice(0, old ? 2 : 1).join('.') : null,
    prerelease: POSTGRESQL_PRERELEASE.test(text.slice(head.length)),
  };
};

/** Reads who a server is from what it says of itself, never from the greeting of its protocol. */
export const databaseVersion = ({ version, comment, ...rest }: Told): DatabaseVersion => {
  const told = { ...rest, version: version.slice(0, LONGEST), comment: comment?.slice(0, LONGEST) ?? null };
  const { product, numbers, series, prerelease } = told.engine === 'mysql' ? mysql(told) : postgresql(told);
  const kinship = numbers || product.kinship === 'other' ? product.kinship : 'unknown';
  return { product: product.id, name: product.name, kinship, numbers: numbers?.join('.') ?? null, series, prerelease };
};
