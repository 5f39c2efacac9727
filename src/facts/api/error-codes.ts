// The error codes of the API, as far as they are documented: pure data. What stands in an answer itself (title, details) is told
// beside it; this table says what it means to the one who runs the client, and the first step that mends it.
// https://developers.facebook.com/docs/whatsapp/on-premises/errors, read on 2026-11-22

/**
 * What a code says of the deployment. fault: it is broken. starting: the initialization is not over. passing: it may be over in
 * a minute. rights: the login may not ask. absent: this version has no such node. call: about the request, not the deployment.
 * message: about the message or its recipient.
 */
export type Blame = 'fault' | 'starting' | 'passing' | 'rights' | 'absent' | 'call' | 'message';

export type ErrorCode = {
  readonly title: string;
  readonly blame: Blame;
  readonly means: string;
  readonly remedy: string;
};

const row = (title: string, blame: Blame, means: string, remedy: string): ErrorCode => ({
  title,
  blame,
  means,
  remedy,
});

const LOG = "Look into Coreapp's log at that time: docker logs --since 10m, then the container's name.";
const OTHER_CALL = 'Update this tool; this version of the client reads its call in another way.';
const RECIPIENT = 'Give another recipient, one that uses WhatsApp.';
const GROUPS = 'Send to a person, not to a group.';
const TEMPLATE = 'Correct the template or its parameters in Business Manager.';
const CERTIFICATE = 'Download the certificate of the phone number anew, and register with it.';

/** Codes of the `errors` envelope, and those that webhooks tell of a message. */
export const ERROR_CODES: Readonly<Record<number, ErrorCode>> = {
  0: row('Undefined', 'fault', 'an internal error without a code', LOG),
  400: row(
    'Media download failed',
    'message',
    'the media could not be fetched',
    'Make the link of the media reachable.',
  ),
  402: row('Payment or eligibility', 'fault', 'the business account may not send', 'Mend the payment of the account.'),
  408: row('Message pending', 'message', 'it waited for more than a day', 'Send it again while the client runs.'),
  410: row('Message expired', 'message', 'its time to live passed', 'Send it again.'),
  429: row('Rate limit', 'passing', 'too many messages were sent', 'Send more slowly.'),
  430: row('Unsigned certificate', 'fault', "the phone number's certificate is not signed", CERTIFICATE),
  432: row('Certificate id mismatch', 'fault', 'the certificate is of another phone number', CERTIFICATE),
  433: row('Certificate signature invalid', 'fault', "the phone number's certificate is not valid", CERTIFICATE),
  470: row(
    'Outside the 24-hour window',
    'message',
    'free text may be sent only within 24 hours of the last message of the recipient',
    "Write from the recipient's WhatsApp to the business number first, then send the test message again.",
  ),
  471: row('Spam rate limit', 'passing', 'too many recipients blocked or reported the number', 'Send less, and wait.'),
  472: row('Experiment', 'message', 'the recipient is part of an experiment', RECIPIENT),
  500: row('Generic error', 'fault', 'the message failed for an unknown reason', LOG),
  1000: row('Generic error', 'fault', 'an internal error without a reason', LOG),
  1001: row('Message too long', 'message', 'a text has at most 4,096 characters', 'Send a shorter text.'),
  1002: row('Invalid recipient type', 'message', 'the kind of recipient is not known', GROUPS),
  1003: row('Not a group participant', 'message', 'the number is not in that group', GROUPS),
  1004: row('Resource already exists', 'call', 'there is such a resource already', OTHER_CALL),
  1005: row(
    'Access denied',
    'rights',
    'this login may not ask it, or the media folder or the certificate is refused',
    'Log in as an administrator of the API: WA_API_USERNAME and WA_API_PASSWORD of a user with the role of one.',
  ),
  1006: row('Resource not found', 'absent', 'this version of the client does not have it', OTHER_CALL),
  1007: row('Recipient blocked', 'message', 'the recipient is blocked', RECIPIENT),
  1008: row('Required parameter is missing', 'call', 'the request lacks a parameter', OTHER_CALL),
  1009: row('Parameter value is not valid', 'call', 'a parameter of the request is not valid', OTHER_CALL),
  1010: row('Parameter is not required', 'call', 'the request has a parameter too many', OTHER_CALL),
  1011: row(
    'Service not ready',
    'starting',
    'the initialization is not over',
    'Wait for it: wa-preflight wait --timeout 7m.',
  ),
  1012: row('Group is unknown', 'message', 'there is no such group', GROUPS),
  1013: row('User is not valid', 'message', 'the recipient is no WhatsApp user', RECIPIENT),
  1014: row('Internal error', 'fault', 'Webapp could not get an answer from Coreapp', LOG),
  1015: row(
    'Too many requests',
    'call',
    'the API was asked too often, or a wrong password was given too often from this address',
    'Wait for some minutes, then run the check once.',
  ),
  1016: row(
    'System overloaded',
    'fault',
    'the queue of outgoing messages or of callbacks (100,000) is full',
    'Let the webhook answer 200 at once, and look at the latency of the database: one of them does not keep up.',
  ),
  1017: row(
    'Not primary master',
    'passing',
    'the masters are failing over, or do not agree who is the first',
    'Run the check again in a minute; if it stays, let all masters use one database and reach each other.',
  ),
  1018: row(
    'Not primary Coreapp',
    'passing',
    'a shard is being taken over by another Coreapp',
    'Run the check again in a minute; if it stays, restart the Coreapp that should own the shard.',
  ),
  1019: row('Not a group administrator', 'message', 'only an administrator of the group may do it', GROUPS),
  1020: row('Group is not valid', 'message', 'the group is not valid', GROUPS),
  1021: row('User is not valid in the group', 'message', 'the number cannot be in that group', GROUPS),
  1022: row(
    'Webhooks URL not configured',
    'fault',
    'what comes in and what becomes of a message cannot be told to anyone',
    'Set webhooks.url in the application settings (PATCH /v1/settings/application).',
  ),
  1023: row(
    'Database error occurred',
    'fault',
    'the client could not read or write its database',
    "Look for QSqlError in Coreapp's log, and mend what it names: connection, rights or disk of the database.",
  ),
  1024: row(
    'Password change required',
    'fault',
    'the initial password of the account is still in place',
    'Change it: POST /v1/users/login with "new_password", 8 to 64 characters with a digit, both cases and a special one.',
  ),
  1025: row('Request is not valid', 'call', 'the request is not understood', OTHER_CALL),
  1026: row('Receiver incapable', 'message', "the recipient's app is too old for this message", RECIPIENT),
  // One for each template error: their titles tell them apart.
  ...Object.fromEntries(
    Array.from({ length: 14 }, (_, at) => [
      2000 + at,
      row('Template error', 'message', 'the template does not fit its parameters or languages', TEMPLATE),
    ]),
  ),
};

/** What the table says of a code that it does not know. */
export const UNKNOWN_CODE = row('Unknown error', 'fault', 'an error that is not documented', LOG);
