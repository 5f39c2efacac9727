import { pass, warn } from '../../check.ts';
import type { Finding, Json } from '../../model.ts';
import { fieldsOf, numberOf, textOf } from './nodes.ts';

/** The application settings that are judged; null where they are not told or make no sense. */
export type ApplicationSettings = {
  readonly concurrentRequests: number | null;
  readonly callbackPersist: boolean | null;
  readonly collectsMessages: boolean | null;
  readonly passThrough: boolean | null;
  readonly logLevel: string | null;
  readonly verbose: boolean | null;
  /** Seconds. */
  readonly heartbeat: number | null;
  readonly unhealthy: number | null;
  readonly sentStatus: boolean | null;
};

/** A boolean, also one that is written as text or as 0 and 1; null for anything else. */
const truthOf = (value: Json | undefined): boolean | null => {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
};

/** The object of application settings in an answer; null where it holds none. */
export const applicationIn = (body: Json): Readonly<Record<string, Json | undefined>> | null =>
  fieldsOf(fieldsOf(fieldsOf(body)?.['settings'])?.['application']);

/** Reads the settings leniently, by their newer and their older names. */
export const applicationSettings = (body: Json): ApplicationSettings | null => {
  const application = applicationIn(body);
  if (!application) return null;
  const webhooks = fieldsOf(application['webhooks']);
  const collects = application['garbagecollector_enable'];
  return {
    concurrentRequests: numberOf(webhooks?.['max_concurrent_requests']),
    callbackPersist: truthOf(application['callback_persist']),
    collectsMessages: truthOf(
      fieldsOf(collects)?.['messages'] ?? collects ?? application['db_garbagecollector_enable'],
    ),
    passThrough: truthOf(application['pass_through']),
    logLevel: textOf(application['log_level'])?.toLowerCase() ?? null,
    verbose: truthOf(application['verbose_logging']),
    heartbeat: numberOf(application['heartbeat_interval']),
    unhealthy: numberOf(application['unhealthy_interval']),
    sentStatus: truthOf(application['sent_status']),
  };
};

type Rule = { readonly minConcurrent: number; readonly beats: number; readonly verbose: 'warn' | 'allowed' };

const PATCH = 'with PATCH /v1/settings/application';
const LOUD = new Set(['debug', 'trace', 'verbose', 'all']);

const about = (subject: string, message: string, remedy: string): Finding => warn(message, { subject, remedy });

const failover = ({ heartbeat, unhealthy }: ApplicationSettings, beats: number): readonly Finding[] => {
  if (heartbeat === null || unhealthy === null) return [];
  if (heartbeat > 0 && unhealthy >= heartbeat * beats) return [];
  return [
    about(
      'unhealthy_interval',
      `A node counts as lost after ${unhealthy} s (unhealthy_interval) with a heartbeat every ${heartbeat} s (heartbeat_interval); at least ${beats} heartbeats advised`,
      `Set heartbeat_interval 5 and unhealthy_interval 30, as they come, ${PATCH}.`,
    ),
  ];
};

/** What of the settings puts messages at risk, and what is only to be known. */
export const settingsFindings = (settings: ApplicationSettings, rule: Rule): readonly Finding[] => {
  const { concurrentRequests, callbackPersist, collectsMessages, passThrough, logLevel, verbose, sentStatus } =
    settings;
  const loud = verbose === true || (logLevel !== null && LOUD.has(logLevel));
  return [
    ...(concurrentRequests !== null && concurrentRequests < rule.minConcurrent
      ? [
          about(
            'webhooks.max_concurrent_requests',
            `At most ${concurrentRequests} callbacks are sent at a time (webhooks.max_concurrent_requests); ${rule.minConcurrent} is the default`,
            `Set webhooks.max_concurrent_requests to ${rule.minConcurrent} or more ${PATCH}, and restart Coreapp.`,
          ),
        ]
      : []),
    ...(callbackPersist === false
      ? [
          about(
            'callback_persist',
            'Callbacks are kept in memory only (callback_persist false): those that wait are lost with a restart',
            `Set callback_persist true ${PATCH}, and restart Coreapp.`,
          ),
        ]
      : []),
    ...(collectsMessages === false
      ? [
          about(
            'garbagecollector_enable.messages',
            'The garbage collection of messages is off: the database grows without end',
            `Set garbagecollector_enable.messages true ${PATCH}.`,
          ),
        ]
      : []),
    ...(passThrough === true
      ? [
          about(
            'pass_through',
            'Messages are passed through and not stored (pass_through true); from v2.35 on it cannot be turned on again',
            `Set pass_through false ${PATCH}, if what depends on it is ready.`,
          ),
        ]
      : []),
    ...(loud && rule.verbose === 'warn'
      ? [
          about(
            'log_level',
            `The log is verbose (${verbose ? 'verbose_logging true' : `log_level ${logLevel}`}), which fills the disk in production`,
            `Set log_level info and verbose_logging false ${PATCH}.`,
          ),
        ]
      : []),
    ...failover(settings, rule.beats),
    ...(sentStatus === true
      ? [pass('sent_status is set, which webhooks.message.sent replaces', { subject: 'sent_status' })]
      : []),
  ];
};
