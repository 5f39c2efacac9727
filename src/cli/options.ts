import type { ApiOptions } from '../host/api-login.ts';
import type { GivenOptions } from '../host/live/given/ask.ts';
import type { LoginOptions } from '../host/login.ts';
import type { Phase, Profile, Shape } from '../model.ts';

/** What `check` was asked to do, as plain data: it also travels to the process that runs the checks. */
export type CheckOptions = {
  /** Null: production, or that of the run whose bundle is judged again. */
  readonly profile: Profile | null;
  readonly phase: Phase | 'all' | null;
  /** Null: as deployed. */
  readonly shape: Shape | null;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly quick: boolean;
  /** Nothing beyond this host is connected to. */
  readonly offline: boolean;
  readonly strict: boolean;
  readonly waivers: string | null;
  readonly spec: string | null;
  readonly from: string | null;
  readonly record: string | null;
  readonly target: string | null;
  /** What was said about the database; never a password. */
  readonly login: LoginOptions;
  /** What was said about the API of the client; never a credential. */
  readonly api: ApiOptions;
  /** `--compose`. */
  readonly compose: string | null;
  readonly given: GivenOptions;
  /** `--api-calls`: the calls that were made, as HAR or Postman collection. */
  readonly apiCalls: string | null;
  /** Options that let checks do more than look: `--db-write-probe` and such, as they are written. */
  readonly optIns: readonly string[];
  /** Limits of the whole run and of one check's questions, ms. */
  readonly timeout: number | null;
  readonly checkTimeout: number | null;
};

/** How the report is shown. */
export type ShowOptions = {
  readonly format: string | null;
  readonly outputs: readonly { readonly format: string; readonly file: string }[];
  readonly tui: boolean;
  readonly input: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly ascii: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
};
