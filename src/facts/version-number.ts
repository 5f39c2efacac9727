import gte from 'semver/functions/gte.js';

/** The numeric head of a version as programs print it, and what else stood there. Null where no number starts it. */
export type VersionNumber = { readonly text: string; readonly numbers: string; readonly suffix: string };

/**
 * Reads the head of a version: "19.03.7-ce" is 19.3.7, "20.10.24+dfsg1" is 20.10.24, "4.4.0-19041-Microsoft" is 4.4.0.
 * Vendor suffixes never take part in comparisons; leading zeros ("18.09") are numbers.
 */
export const versionNumber = (text: string): VersionNumber | null => {
  const match = /^\s*v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,9}))?/.exec(text);
  if (!match) return null;
  const numbers = [match[1], match[2] ?? 0, match[3] ?? 0].map(Number).join('.');
  return { text: text.trim(), numbers, suffix: text.slice(match[0].length).trim() };
};

/** Whether a version is at least another, both by their numeric heads. */
export const atLeast = (version: VersionNumber, floor: string): boolean => {
  const least = versionNumber(floor);
  if (!least) throw new Error(`"${floor}" is not a version`);
  return gte(version.numbers, least.numbers);
};

/** Whether two versions have the same numeric head. */
export const sameVersion = (version: VersionNumber, other: string): boolean =>
  versionNumber(other)?.numbers === version.numbers;
