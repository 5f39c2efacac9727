import { paint, symbolOf, told } from '../../report-templates/words.ts';
import type { Change } from '../bundle/compared.ts';
import type { SignatureVerdict } from '../bundle/sign.ts';
import type { Verified } from '../bundle/verify.ts';
import { oneLine } from '../printable.ts';

/** What came of one file: a verdict, or the sentence why it is no bundle. */
export type FileVerdict = { readonly file: string } & (
  | { readonly refused: string; readonly verified: null }
  | { readonly refused: null; readonly verified: Verified }
);

/** Files of the bundles at hand that were not given, by name. */
export const together = (verdicts: readonly FileVerdict[]): readonly string[] => {
  const given = new Set(verdicts.map(({ verified }) => verified?.manifest?.name));
  const others = verdicts.flatMap(({ verified }) => verified?.others ?? []);
  return [...new Set(others)].filter((name) => !given.has(name)).map(oneLine);
};

type Look = { readonly color: boolean; readonly ascii: boolean };

const signatureLine = (signature: SignatureVerdict): string | null => {
  if (signature.state === 'good') return `signed by the key that was given, ${signature.fingerprint}`;
  if (signature.state === 'unverified')
    return `says that it is signed by ${signature.fingerprint}; not verified: give --key PUBLIC.pem`;
  return signature.state === 'none' ? 'not signed' : null;
};

const changeLine = ({ path, message }: Change, look: Look): string =>
  `  ${told(path === null ? message : `${path}: ${message}`, look)}`;

const linesOf = (verdict: FileVerdict, look: Look): readonly string[] => {
  const { file, refused, verified } = verdict;
  if (!verified)
    return [`${paint(symbolOf('fail', look), 'red', look)} ${told(`${file}: not a bundle: ${refused}`, look)}`];
  const { changes, sha256, files, manifest, signature } = verified;
  const head =
    changes.length === 0
      ? `${paint(symbolOf('pass', look), 'green', look)} ${told(file, look)}: intact, ${files === 1 ? '1 file' : `${files} files`}`
      : `${paint(symbolOf('fail', look), 'red', look)} ${told(file, look)}: changed`;
  const volume =
    manifest && manifest.volumes > 1 ? `file ${manifest.volume} of ${manifest.volumes} of its bundle` : null;
  const signed = signatureLine(signature);
  return [
    head,
    ...changes.map((change) => changeLine(change, look)),
    `  sha256 ${sha256}`,
    ...[volume, signed].flatMap((line) => (line === null ? [] : [`  ${line}`])),
  ];
};

/** The verdicts for people: one line for each file, each change below it, and what else belongs to it. */
export const verdictLines = (verdicts: readonly FileVerdict[], missing: readonly string[], look: Look): string => {
  const lines = verdicts.flatMap((verdict) => linesOf(verdict, look));
  const rest =
    missing.length > 0
      ? ['also belongs to it, and was not given:', ...missing.map((name) => `  ${told(name, look)}`)]
      : [];
  return [...lines, ...rest].map((line) => `${line}\n`).join('');
};
