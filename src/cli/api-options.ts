import type { Command } from 'commander';
import type { ApiOptions } from '../host/api-login.ts';
import { apiUrl, fingerprint, path } from './values.ts';

/** What the command line says of the API, as commander hands it over. */
export type RawApi = {
  readonly apiUrl?: string;
  readonly apiCa?: string;
  readonly apiFingerprint?: string;
  readonly sendTestMessage?: string;
};

/** A command with the options that name the API and its certificate. */
export const apiOptions = (command: Command): Command =>
  command
    .option(
      '--api-url <url>',
      "the client's API, such as https://localhost:9090 (default: the Webapp found here)",
      apiUrl,
    )
    .option('--api-ca <file>', "the certificate authority of the API's certificate (PEM)", path)
    .option('--api-fingerprint <sha256>', "trust the API's certificate by its SHA-256", fingerprint);

export const apiOf = (raw: RawApi): ApiOptions => ({
  url: raw.apiUrl ?? null,
  ca: raw.apiCa ?? null,
  fingerprint: raw.apiFingerprint ?? null,
  testMessageTo: raw.sendTestMessage ?? null,
});
