import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Behaviour, HEALTHY } from './behaviour.ts';
import type { Deployment } from './deployment.ts';

/** One call of the API, as it was recorded: without any credential. */
export type Call = {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly auth: 'none' | 'basic' | 'bearer' | 'apikey' | 'other';
  readonly status: number;
  /** The tool must have no way to make it (onprem-api.md 3.10b). */
  readonly never: boolean;
};

/** A certificate and its key, PEM. */
type Shown = { readonly certificate: string; readonly key: string };
export type Certificates = Readonly<Record<Behaviour['certificate'], Shown>> & { readonly ca: string };

/** Where the stand-in hears what to be like, and tells what it was asked. */
export type Control = {
  readonly behaviour: () => Behaviour;
  readonly deployment: () => Deployment;
  readonly certificates: () => Certificates;
  readonly record: (call: Call) => void;
  /** Tells the lab which revision this program has taken over. */
  readonly taken: (revision: number) => void;
  /** Tells the lab that this program listens. */
  readonly ready: () => void;
};

/** Where containers find the folder that they share with the lab. */
export const CONTROL_FOLDER = '/run/stand-in';

/** A JSON file that is read anew whenever it was written; the lab replaces it whole. */
const watched = <Value>(path: string, missing: Value): (() => Value) => {
  let [seen, value] = ['', missing];
  return () => {
    const now = statSync(path, { throwIfNoEntry: false });
    const stamp = now ? `${now.ino} ${now.mtimeMs} ${now.size}` : '';
    if (now && stamp !== seen) [seen, value] = [stamp, JSON.parse(readFileSync(path, 'utf8')) as Value];
    return value;
  };
};

/** Control by the files of a folder: what stands in a container is reached by no network for it. */
export const folderControl = (folder: string, service: string): Control => {
  const patch = watched<Partial<Behaviour>>(join(folder, 'behaviour.json'), {});
  const deployment = watched<Deployment | null>(join(folder, 'deployment.json'), null);
  const certificates = watched<Certificates | null>(join(folder, 'certificates.json'), null);
  const there = <Value>(value: Value | null): Value => {
    if (value === null) throw new Error(`the lab has not written all its files into ${folder}`);
    return value;
  };
  return {
    behaviour: () => ({ ...HEALTHY, ...patch() }),
    deployment: () => there(deployment()),
    certificates: () => there(certificates()),
    record: (call) => appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(call)}\n`),
    taken: (revision) => writeFileSync(join(folder, `taken-${service}`), String(revision)),
    ready: () => writeFileSync(join(folder, `ready-${service}`), 'listens'),
  };
};
