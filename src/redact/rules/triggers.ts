// A word that stands before what parts a name from its value, with quotes, brackets and colours between.
const before = (words: string): readonly string[] =>
  words.split(' ').flatMap((word) => [`${word}[^a-z0-9]{0,6}[=:]`, `${word}%3[AD]`]);

/** What a line holds where a name in it may tell of its value. */
export const NAMED_TRIGGERS: readonly string[] = [
  ...[
    'passw',
    'passphrase',
    'passcode',
    'pass[a-z0-9_.-]{0,20}[^a-z0-9]{0,6}[=:,]',
    'pwd',
    'pswd',
    'kennwort',
    'senha',
  ],
  ...['contrase', 'secret', 'creds', 'credential', 'psk', 'mnemonic', 'masterauth', 'requirepass', 'token', 'jwt'],
  ...['bearer', 'csrf', 'xsrf', 'authorization', 'cookie', 'salt', 'signature', 'key[_.-]', '_pin', 'pin_', 'pincode'],
  ...['otp', '2fa', 'certificate', 'sess', 'phone', 'msisdn', 'wa_?id', 'mobile', 'cell', 'telno', 'jid', 'handset'],
  ...['oncall', 'caller', 'callee', 'debug_?info', 'body', 'caption', 'conversation', 'quotedmessage', 'transcript'],
  ...['utterance', 'profile', 'nickname', 'patient', 'cardholder', 'address', 'street', 'addr[12]', 'fqdn', 'machine'],
  ...['domain', 'instance', 'upstream', 'endpoint', 'replica', 'node_?id', 'node_?name', '^[^a-z0-9]{0,8}message ?:'],
  ...before(
    'psw pw auth key keys sig hash pins? codes? cert sid tel t\\xe9l\\xe9fono whatsapp text txt content comment reply',
  ),
  ...before('question answer name filename title description fallback_?value default label subtitle header footer'),
  ...before('location host[a-z]{0,8} server nodes? sni cn source instance'),
  ...['data', 'blob', 'backup', 'encrypted', 'ciphertext', 'payload'].map(
    (word) => `${word}[^a-z0-9]{0,6}:[^a-z0-9]{0,4}[a-z0-9+/]{40}`,
  ),
  ...['"-[puaPU]"', "'-[puaPU]'", '"--[a-z-]{2,30}"'],
];
