// Letters of Latin-1, in one byte or in the two of UTF-8, without their accents.
const ACCENTED = /\xc3[\x80-\xbf]|[\xe0-\xff]/g;
const PLAIN: Readonly<Record<string, string>> = Object.fromEntries(
  [...'aaaaaaaceeeeiiiidnooooo/ouuuuytsy'.slice(0, 32)].flatMap((plain, at) => [
    [String.fromCharCode(0xa0 + at), plain],
    [String.fromCharCode(0xe0 + at), plain],
  ]),
);

/** The words of a name, lower case: `WA_DB_PASSWORD`, `two-factor-pin`, `secretAccessKey`, `D360-API-KEY`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .slice(-120)
    .replace(ACCENTED, (letter) => PLAIN[letter.at(-1) ?? ''] ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** A name without what an option, a property of Java (`-Dx`) or a variable begins with. */
export const bareName = (name: string): string => name.replace(/^(?:-D(?=[a-z])|[-@$]{1,2})/, '');

/** What a value is by the name it stands behind; null where a name tells nothing. */
export type Meaning =
  | {
      readonly is: 'credential';
      /** What a label says. */ readonly kind: string;
      /** Whether any value is meant, or only one that looks like a key. */ readonly certain: boolean;
    }
  | {
      readonly is:
        | 'cookies'
        | 'authorization'
        | 'body'
        | 'maybe-body'
        | 'person'
        | 'maybe-person'
        | 'address'
        | 'host'
        | 'phone'
        | 'maybe-phone'
        | 'code';
    };

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

// Words after the noun that do not change what it names: DB_PASSWORD_OLD, password2, token.txt.
const AFTER = set(
  'old new current previous prev last confirm confirmation confirmed again value val plain plaintext cleartext clear raw string str b64 base64 encoded enc env txt conf json yml yaml override default prod production staging stage dev test live primary secondary backup main data pem text content hash',
);
const PASSWORD =
  /(?:passwords?|passwd|passwort|passphrase|passcode|passwrd|pwd|pswd|psw|kennwort|senha|contrasena|userpass|dbpass|adminpass|rootpass|mysqlpass|pgpass|smtppass|authpass|keypass|storepass|certpass|dbpw|rootpw|adminpw|userpw|bindpw|secretpass)$/;
const SECRET = /(?:secrets?|creds|credentials?|psk|mnemonic|requirepass|masterauth)$/;
const TOKEN = /(?:tokens?|jwt|bearer|xsrf|csrf)$/;
const KEYED =
  /(?:apikeys?|secretkey|privatekey|privkey|accesskey|authkey|cryptokey|masterkey|accountkey|sharedkey|encryptionkey|signingkey|sessionkey|appkey)$/;
const KEY_OF = set(
  'api secret private access crypto encryption encrypt signing sign auth account master shared session storage client license app application hmac aes jwt ssh deploy webhook s3 aws gcp azure admin root integration subscription write server d360 stripe sendgrid twilio recovery unseal d360api service hash',
);
const CODE_OF = set(
  'sms verification verify otp registration confirm confirmation security activation recovery backup mfa 2fa auth twofactor factor',
);
const SESSION = /^(?:sid|sess|session|sessionid|phpsessid|jsessionid|sessid|connectsid|sessiontoken|rememberme)$/;
const PHONE =
  /^(?:phones?|phonenumbers?|phoneno|msisdns?|waids?|mobile|mobileno|mobilenumber|cell|cellphone|tel|telephone|telno|whatsapp|whatsappid|whatsappnumber|jid|jids|remotejid|handset|recipientid|callerid|oncall|smsto|debuginfo)$/;
const MAYBE_PHONE =
  /^(?:to|from|user|contacts?|recipients?|sender|author|customer|chat|chatid|participants?|subscriber|caller|callee|dest|destination|input|inputs|owner|blocked|blockedusers|account|accountid|receiver|peer|client|rcpt|target|member|members|admin|number|numbers|userid|username|hotline|support|emergency|duty|pager|sms|fax|called|calling|creator|waba)$/;
const PERSON =
  /^(?:pushname|notifyname|profilename|fullname|formattedname|firstname|lastname|middlename|givenname|familyname|surname|customername|contactname|sendername|recipientname|displayname|nickname|patient|verifiedname|ownername|realname|personname|authorname|callername|patientname|chatname|cardholder)$/;
const PERSON_OF = set(
  'profile name contact contacts sender customer recipient person vcard author patient subscriber participant owner member caller employee agent',
);
const BODY =
  /^(?:body|text|caption|textbody|messagebody|messagetext|msgbody|msgtext|bodytext|chatmessage|smstext|smsbody|txt|content|messagecontent|chattext|conversation|quotedmessage|plaintext|reply|replytext|question|answer|comment|transcript|utterance)$/;
// Texts of a message's parts: what a list, a button, a place or a file is called.
const HELD_TEXT =
  /^(?:title|description|fallbackvalue|default|displaytext|label|name|filename|text|value|header|headline|footer|subtitle)$/;
const HOLDS_TEXT =
  /^(?:reply|button|buttons|location|place|venue|document|image|video|audio|sticker|media|row|rows|section|sections|params|parameters|parameter|param|quick|product|order|action|interactive|referral|currency|time|list)$/;
const ADDRESS =
  /^(?:address|street|streetaddress|postaladdress|homeaddress|address1|address2|addressline|addressline1|addressline2|addr1|addr2|shippingaddress|billingaddress|deliveryaddress|location|formattedaddress|customeraddress)$/;
const HOST =
  /^(?:host|hosts|hostname|hostnames|servername|nodename|nodehost|fqdn|pghost|vhost|dbhost|dbhostname|mysqlhost|dbserver|machine|server|nodes?|instance|domain|domainname|hostaddr|computername|upstream|remotehost|clienthost|serverhost|peerhost|smtphost|redishost|source|sni|cn|nodeid|replica|endpoint)$/;

const credential = (kind: string, certain = true): Meaning => ({ is: 'credential', kind, certain });

const byNoun = (words: readonly string[]): Meaning | null => {
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (last === 'authorization') return { is: 'authorization' };
  if ((last === 'cookie' || last === 'cookies') && before !== 'in') return { is: 'cookies' };
  if (PASSWORD.test(last) || (before === 'pass' && /^(?:word|phrase|code)s?$/.test(last)))
    return credential('password');
  if (last === 'pass' || last === 'pw' || last === 'passin' || last === 'passout')
    return credential('password', words.length > 1);
  if (/^(?:hash|digest|salt)$/.test(last) && words.some((word) => PASSWORD.test(word) || word === 'pass'))
    return credential('password');
  if (SECRET.test(last)) return credential('secret');
  if (TOKEN.test(last)) return credential('token');
  if (KEYED.test(last)) return credential('key');
  if (last === 'id' && before === 'key' && words.at(-3) === 'access') return credential('key');
  if (last === 'id' && before === 'secret') return credential('secret');
  if (last === 'key' || last === 'keys')
    return /^(?:public|primary|foreign|partition|sort|cache|routing|unique|index|dup|duplicate|idempotency|message)$/.test(
      before,
    )
      ? null
      : credential('key', KEY_OF.has(before));
  if (/^(?:pins?|otp|totp|otpcode|pincode|passkey)$/.test(last)) return credential('pin');
  if (last === 'code' || last === 'codes') return CODE_OF.has(before) ? credential('code') : { is: 'code' };
  if (SESSION.test(last) || (last === 'id' && before === 'session')) return credential('session', false);
  if (last === 'auth' || last === 'signature' || last === 'sig')
    return credential(last === 'auth' ? 'auth' : 'signature', false);
  if (last === 'cert' || (last === 'certificate' && words.length === 1)) return credential('certificate', false);
  return null;
};

const personal = (words: readonly string[], parent: string): Meaning | null => {
  const whole = words.join('');
  const last = words.at(-1) ?? '';
  const two = words.slice(-2).join('');
  if (PHONE.test(last) || PHONE.test(two) || PHONE.test(whole)) return { is: 'phone' };
  if (last === 'name' && (PERSON.test(two) || (words.length === 1 && PERSON_OF.has(parent)))) return { is: 'person' };
  if (PERSON.test(whole) || PERSON.test(two)) return { is: 'person' };
  if (HELD_TEXT.test(whole) && HOLDS_TEXT.test(parent)) return { is: 'body' };
  if (whole === 'name' && /^(?:nodes?|host|machine|server|instance)$/.test(parent)) return { is: 'host' };
  if (whole === 'name') return { is: 'maybe-person' };
  if (whole === 'message' || whole === 'msg') return { is: 'maybe-body' };
  if (BODY.test(whole) || BODY.test(two)) return { is: 'body' };
  if (ADDRESS.test(whole) || ADDRESS.test(two)) return { is: 'address' };
  if (MAYBE_PHONE.test(whole) || MAYBE_PHONE.test(last) || MAYBE_PHONE.test(two)) return { is: 'maybe-phone' };
  return HOST.test(whole) || HOST.test(last) || HOST.test(two) ? { is: 'host' } : null;
};

const NOT_AFTER =
  /^(?:policy|history|length|len|age|expiry|expires|expired|expiration|count|counts|file|files|path|dir|url|uri|endpoint|type|size|limit|ttl|timeout|min|max|bucket|bits|rounds|enabled|required|attempts|retries|name|names|id|ids|version|algorithm|method|mode|plugin|error|errors|time|at|date|days|hours|minutes|seconds|secs|ms|set|changed|strength|rotation|interval|lifetime|field|column|header|label|format|status|total|used|usage|number|num|hint|reuse|complexity|prefix|provider|source|store|manager|service|class|ref|arn|stdin|fd)$/;

const think = (words: readonly string[], parent: string): Meaning | null => {
  const end = words.findLastIndex((word) => !AFTER.has(word) && !/^\d{1,3}$/.test(word));
  const noun = words.slice(0, end + 1).map((word) => word.replace(/(?<=[a-z]{2})\d{1,2}$/, ''));
  const named = byNoun(noun) ?? personal(words, parent);
  if (named || NOT_AFTER.test(noun.at(-1) ?? '')) return named;
  // PASSWORD_FOR_DB, TOKEN_FACEBOOK: the noun comes first.
  return noun.some((word) => PASSWORD.test(word) || SECRET.test(word) || TOKEN.test(word) || word === 'pass')
    ? credential('secret', false)
    : null;
};

// The noun of what holds a value; a volume called `whatsappMedia` holds no text of a message.
const holderOf = (words: readonly string[]): string =>
  words.length > 1 && HOLDS_TEXT.test(words.at(-1) ?? '') && !OF_MESSAGE.test(words.at(-2) ?? '')
    ? ''
    : (words.at(-1) ?? '');
const OF_MESSAGE =
  /^(?:quick|button|list|nfm|product|header|body|footer|order|message|flow|template|localizable|reply)$/;

const known = new Map<string, Meaning | null>();

/** What a name, and the name of what holds it, say of a value. */
export const meaningOf = (name: string, parent = ''): Meaning | null => {
  const asked = `${parent}\n${name}`;
  const held = known.get(asked);
  if (held !== undefined) return held;
  if (known.size > 20_000) known.clear();
  const meaning = name.length > 200 ? null : think(wordsOf(name), holderOf(wordsOf(parent)));
  known.set(asked, meaning);
  return meaning;
};
