import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readmeText } from '../../report-templates/bundle/readme.ts';
import { redactionReport } from '../../report-templates/bundle/redaction-report.ts';
import { summaryHtml } from '../../report-templates/bundle/summary-html.ts';
import { ticketText } from '../../report-templates/bundle/ticket.ts';
import { openArchive } from '../../src/archive/read.ts';
import type { Cleaner } from '../../src/bundle/cleaner.ts';
import type { Making } from '../../src/bundle/make.ts';
import { ownFiles } from '../../src/bundle/own-files.ts';
import { cleaner } from '../../src/bundle/workers.ts';
import { fileTarget, type Place } from '../../src/cli/bundle-target.ts';
import type { Source } from '../../src/host/source.ts';

/** A raw word that must be nowhere: a secret that was learnt. */
export const CANARY = 'Zx9-canary-7Qm2';

const LITERAL = { rule: { id: 'credential.password', tier: 'credential', kind: 'password' }, value: CANARY } as const;

/** A cleaner as bundles have it, in this thread, whose n-th block throws where `fails` is given. */
export const cleanerThat = (fails: number | null = null): Cleaner => {
  let calls = 0;
  const fault = () => {
    calls += 1;
    if (calls === fails) throw new Error(`a rule that quotes ${CANARY}`);
  };
  const terms = { key: new Uint8Array(32).fill(7), literals: [LITERAL], own: [], keepNetwork: false };
  return cleaner(terms, { workers: 0, fault });
};

/** A source with such a text, given in chunks. */
export const textOf = (path: string, text: string, more: Partial<Source> = {}): Source => ({
  ...{ path, part: 'host', collector: 'test', origin: 'a test', form: 'log', estimate: text.length, priority: 1 },
  ...{ teaches: false },
  open: async () => ({
    chunks: (async function* () {
      for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536));
    })(),
    lacks: () => null,
  }),
  ...more,
});

/** A new folder for bundles; whoever asks removes it. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'making-'));

/** What makes a bundle of some sources in a folder. */
export const makingIn = (folder: string, sources: readonly Source[], more: Partial<Making> = {}): Making => {
  const place: Place = { folder, stem: 'b', ending: '.zip' };
  return {
    ...{
      sources,
      isWanted: () => true,
      cleaner: cleanerThat(),
      sign: null,
      host: 'core-1',
      at: Date.UTC(2026, 10, 20),
    },
    ...{ case: '33-77', window: { since: 0, until: 1000 }, maxSize: 25e6, most: 200e6, single: false, folder },
    ...{ patience: 2000, signal: new AbortController().signal, progress: () => {} },
    pages: {
      ...{ summary: summaryHtml, readme: readmeText, ticket: ticketText, ownSources: ownFiles },
      redaction: (files) => ({ report: redactionReport(files), rules: [] }),
    },
    again: () => Promise.reject(new Error('these bundles hold no evidence of a run')),
    targetOf: (name) => fileTarget(place, 'zip', name),
    ...more,
  };
};

/** All members of an archive by their paths below its top folder. */
export const membersIn = async (path: string): Promise<ReadonlyMap<string, Buffer>> => {
  const archive = await openArchive(path);
  const found = new Map<string, Buffer>();
  for await (const member of archive.members) {
    const pieces: Uint8Array[] = [];
    for await (const piece of member.read()) pieces.push(piece);
    found.set(member.path.replace(/^[^/]*\//, ''), Buffer.concat(pieces));
  }
  await archive.close();
  return found;
};
