// A login of the client's API, as it is used: it holds secrets, and so is never an answer, never evidence, never an argument.

/** What was said about the API on the command line; never a credential. */
export type ApiOptions = {
  /** `--api-url`: https://host:port. */
  readonly url: string | null;
  /** `--api-ca`: an absolute path of a PEM file. */
  readonly ca: string | null;
  /** `--api-fingerprint`: SHA-256 of the leaf certificate, 64 hex digits in lower case. */
  readonly fingerprint: string | null;
  /** `--send-test-message TO`. */
  readonly testMessageTo: string | null;
};

/** `WA_API_USERNAME` with `WA_API_PASSWORD`, or `WA_API_KEY`. */
export type ApiLogin = { readonly user: string; readonly password: string } | { readonly key: string };

/**
 * What a person gives who is asked. `login` null: the one that was found or given before. `trusted`: the fingerprint (as
 * `--api-fingerprint`) of the certificate that they trust for this run, where it takes one. `url` null: the API as it was found.
 */
export type GivenApiLogin = {
  readonly login: ApiLogin | null;
  readonly trusted: string | null;
  readonly url: string | null;
};
