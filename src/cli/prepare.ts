import { resolve } from 'node:path';
import { checks } from '../../checks/index.ts';
import { bounded } from '../host/bounded.ts';
import { checked } from '../host/checked.ts';
import { type Evidence, recorded, replayed } from '../host/evidence.ts';
import type { Ask } from '../host/host.ts';
import { apiAccess } from '../host/live/api/access.ts';
import { accessOf } from '../host/live/database/access.ts';
import { dockerAccess } from '../host/live/docker/access.ts';
import { live } from '../host/live/live.ts';
import type { SourceSettings } from '../host/live/sources/settings.ts';
import { type Person, prompted } from '../host/prompted.ts';
import type { Waiver } from '../model.ts';
import { type Plan, planOf } from '../plan.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { refuseUselessCompose } from './compose-file.ts';
import { viewOf } from './default-view.ts';
import { refuseUnreadable } from './given-files.ts';
import { readInput } from './input.ts';
import { refuseUselessCa, refuseUselessEnvFile } from './login-file.ts';
import type { CheckOptions } from './options.ts';
import type { GivenTo } from './runner-messages.ts';
import { theSpec } from './the-spec.ts';

/** Everything a run needs. `ask` makes a host that asks each question anew, and once; its answers land in `evidence`. */
export type Prepared = {
  readonly plan: Plan;
  readonly ask: () => Ask;
  readonly evidence: Evidence;
  readonly replayed: boolean;
  /** What must be known of what is judged here beside the report. */
  readonly notes: readonly string[];
  /** Takes a login that a person gave: the next run uses it. */
  readonly giveLogin: (given: GivenTo) => void;
  /** The ways that the run takes; a bundle is collected by the same ones. */
  readonly ways: Pick<SourceSettings, 'docker' | 'access' | 'api' | 'compose' | 'envFile'>;
  /** Ends what a run left open at the API: a login there is logged out. Never rejects; a second at most. */
  readonly close: () => Promise<void>;
};

const waiversOf = async (file: string): Promise<ReadonlyMap<string, Waiver>> => {
  const { readWaivers } = await import('../waivers.ts');
  const ids = checks.map((check) => check.id);
  return readWaivers(await readInput(file, '--waivers'), file, ids, new Date().toISOString().slice(0, 10));
};

/** A path from the root, for one given from the working folder. */
const absolute = (path: string, option: string): string => {
  try {
    return resolve(path);
  } catch {
    throw new UsageError(
      `${option} ${oneLine(path)}: the working folder is no longer there; an absolute path is needed`,
    );
  }
};

const OFFLINE: ReadonlySet<string> = new Set(['1', 'true']);

const absoluteOr = (path: string | null, option: string): string | null =>
  path === null ? null : absolute(path, option);

/** Turns options into a plan and a host. Wrong options and unreadable files are usage errors. */
export const prepare = async (options: CheckOptions, person: Person | null = null): Promise<Prepared> => {
  const overlay = options.spec ? { text: await readInput(options.spec, '--spec'), name: options.spec } : undefined;
  const spec = await theSpec(overlay);
  const waivers = options.waivers ? await waiversOf(options.waivers) : new Map();
  const from = options.from ? await (await import('./from.ts')).readFrom(options.from) : undefined;
  const recording = from?.recording;
  const { envFile } = options.login;
  if (envFile !== null && !recording) await refuseUselessEnvFile(envFile, absolute(envFile, '--db-env-file'));
  const compose = absoluteOr(options.compose, '--compose');
  if (compose !== null && !recording) await refuseUselessCompose(options.compose ?? compose, compose);
  const evidence: Evidence = {};
  const docker = dockerAccess();
  const access = accessOf(async (asking, given, file) => {
    const { findLogin } = await import('../host/live/login/find.ts');
    const login = file === null ? options.login : { ...options.login, envFile: file };
    return findLogin(login, docker, asking, given, person !== null);
  }, docker);
  const apiCa = absoluteOr(options.api.ca, '--api-ca');
  if (apiCa !== null && !recording) await refuseUselessCa(options.api.ca ?? apiCa, apiCa);
  const api = apiAccess({ ...options.api, ca: apiCa }, docker, { composed: options.compose !== null });
  const { awsTemplate, phoneNumber, accountCertificate } = options.given;
  const settings = {
    target: absoluteOr(options.target, '--target'),
    quick: options.quick,
    access,
    docker,
    api,
    compose,
    testWebhook: options.optIns.includes('--test-webhook'),
    given: {
      phoneNumber,
      awsTemplate: absoluteOr(awsTemplate, '--aws-template'),
      accountCertificate: absoluteOr(accountCertificate, '--account-certificate'),
    },
  };
  if (!recording) await refuseUnreadable(options.given, settings.given);
  const host = recording
    ? replayed(recording.evidence)
    : prompted(bounded(live(settings), options.checkTimeout), { database: access, api }, person);
  const asking = () => recorded(checked(host), evidence);
  const first = asking();
  const again = from?.ran ? (await import('./from.ts')).selectedAgain(from.ran, options, waivers) : null;
  const plan = planOf(
    spec,
    checks,
    again ?? {
      ...options,
      profile: options.profile ?? 'production',
      ...(await viewOf(options, first, recording?.evidence ?? null)),
      // A recording connects to nothing: what it holds is judged, unless it is said here that it be left out.
      offline: options.offline || (!recording && OFFLINE.has(process.env['WA_PREFLIGHT_OFFLINE'] ?? '')),
      waivers,
      optIns: new Set(options.optIns),
    },
  );
  let asked = false;
  return {
    plan,
    ask: () => {
      // The first run's view was chosen by what was asked already.
      if (!asked) {
        asked = true;
        return first;
      }
      for (const way of [access, docker, api]) way.renew();
      return asking();
    },
    evidence,
    replayed: recording !== undefined,
    notes: from?.ran ? (await import('./from.ts')).notesOn(from.ran, plan) : [],
    ways: { docker, access, api, compose, envFile: absoluteOr(envFile, '--db-env-file') },
    close: api.close,
    giveLogin: (given) => (given.to === 'database' ? access.give(given.given) : api.give(given.given)),
  };
};
