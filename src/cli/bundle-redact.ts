import { dirname, resolve } from 'node:path';
import { redactionReport, redactionText } from '../../report-templates/bundle/redaction-report.ts';
import { cut } from '../../report-templates/wrap.ts';
import { ArchiveError } from '../archive/archive.ts';
import { inputAt, sizeOf } from '../bundle/redact/input.ts';
import { formOf, packerOf } from '../bundle/redact/output.ts';
import { learntFrom, type Redacted, redactInto } from '../bundle/redact/redact.ts';
import { oneLine } from '../printable.ts';
import { BUNDLE_RESULT_SCHEMA, TOOL } from '../tool.ts';
import { gigabytes } from '../units.ts';
import { UsageError } from '../usage-error.ts';
import { cleaningFor } from './bundle-cleaning.ts';
import type { RedactOptions } from './bundle-command.ts';
import { failed } from './bundle-failed.ts';
import { freshFile, refuseFull, refuseSame } from './bundle-target.ts';
import { refuseHungInput } from './hung.ts';
import type { ShowOptions } from './options.ts';
import { print, tell } from './output.ts';
import { leave } from './signals.ts';
import { columns, plainAsked } from './terminal.ts';
import { untilStopped } from './until-stopped.ts';

const BETWEEN_MS = 150;

/** A line on a terminal that tells how far it is; nothing elsewhere. */
const progress = (showing: ShowOptions) => {
  const { stderr } = process;
  const drawn = stderr.isTTY === true && !plainAsked(showing, process.env);
  let last = 0;
  return {
    see: (path: string, bytes: number) => {
      if (!drawn || performance.now() - last < BETWEEN_MS) return;
      last = performance.now();
      const line = `cleaning ${oneLine(path)}${bytes > 0 ? ` (${gigabytes(bytes)})` : ''}`;
      stderr.write(`\r\u001b[2K${cut(line, columns(stderr) - 1)}`);
    },
    end: () => void (drawn && stderr.write('\r\u001b[2K')),
  };
};

type Done = { readonly all: readonly Redacted[]; readonly bytes: number; readonly sha256: string };

const documentOf = (output: string, { all, bytes, sha256 }: Done, exitCode: number): unknown => {
  const { rules, files } = redactionReport(all);
  return {
    ...{ $schema: BUNDLE_RESULT_SCHEMA, schemaVersion: '1.0', kind: 'RedactResult', tool: TOOL },
    ...{ path: output, bytes, sha256, exitCode, complete: exitCode === 0, rules, files },
    leftOut: all.flatMap(({ path, reason }) => (reason === null ? [] : [{ path, reason }])),
  };
};

const lines = (output: string, { all, bytes, sha256 }: Done): string => {
  const left = all.filter(({ reason }) => reason !== null);
  return [
    redactionText(all).trimEnd(),
    ...(left.length > 0 ? ['', 'Left out:'] : []),
    ...left.map(({ path, reason }) => `  ${oneLine(path)}: ${oneLine(reason ?? '')}`),
    '',
    `${oneLine(output)}: ${all.length} ${all.length === 1 ? 'file' : 'files'}, ${gigabytes(bytes)}, sha256 ${sha256}`,
    'No scanner finds everything: read it yourself before you send it.',
  ].join('\n');
};

const cleaned = async (options: RedactOptions, showing: ShowOptions, signal: AbortSignal): Promise<Done> => {
  const { file, output } = options;
  refuseSame(options.map, output);
  await refuseHungInput(file, file);
  const input = await inputAt(file);
  const form = formOf(output, input);
  const size = await sizeOf(file);
  if (size !== null) await refuseFull(dirname(resolve(output)), size / 2);
  const cleaning = await cleaningFor(options);
  const sink = await freshFile(output);
  const told = progress(showing);
  try {
    const cleaner = cleaning.cleanerOf(await learntFrom(input, cleaning.learn, signal));
    try {
      const packer = await packerOf(form, sink, output);
      const all = await redactInto(input, packer, { cleaner, signal, see: told.see });
      const whole = await packer.end();
      signal.throwIfAborted();
      await cleaning.keepMap();
      await sink.finish();
      return { all, ...whole };
    } finally {
      await cleaner.close();
    }
  } finally {
    told.end();
    await sink.abandon();
  }
};

/** `bundle redact`: cleans what is there already, and leaves with 0, 3 (something was left out), 2 (a broken archive) or 74. */
export const bundleRedact = (options: RedactOptions, showing: ShowOptions): Promise<void> =>
  untilStopped(showing, async (signal) => {
    try {
      const done = await cleaned(options, showing, signal);
      const exitCode = done.all.some(({ reason }) => reason !== null) ? 3 : 0;
      if (showing.format === 'json')
        await print(process.stdout, `${JSON.stringify(documentOf(options.output, done, exitCode), null, 2)}\n`);
      else tell(lines(options.output, done));
      leave(exitCode);
    } catch (error) {
      if (error instanceof ArchiveError) throw new UsageError(`${oneLine(options.file)}: ${oneLine(error.message)}`);
      await failed(error, showing);
    }
  });
