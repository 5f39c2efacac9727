// The words that names of values are made of.

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

// Words after the noun that do not change what it names: DB_PASSWORD_OLD, password2, token.txt.
export const AFTER = set(
  'old new current previous prev last confirm confirmation confirmed again value val plain plaintext cleartext clear raw string str b64 base64 encoded enc env txt conf json yml yaml override default prod production staging stage dev test live primary secondary backup main data pem text content hash',
);
export const PASSWORD =
  /(?:passwords?|passwd|passwort|passphrase|passcode|passwrd|pwd|pswd|psw|kennwort|senha|contrasena|userpass|dbpass|adminpass|rootpass|mysqlpass|pgpass|smtppass|authpass|keypass|storepass|certpass|dbpw|rootpw|adminpw|userpw|bindpw|secretpass)$/;
export const SECRET = /(?:secrets?|creds|credentials?|psk|mnemonic|requirepass|masterauth)$/;
export const TOKEN = /(?:tokens?|jwt|bearer|xsrf|csrf)$/;
export const KEYED =
  /(?:apikeys?|secretkey|privatekey|privkey|accesskey|authkey|cryptokey|masterkey|accountkey|sharedkey|encryptionkey|signingkey|sessionkey|appkey)$/;
export const KEY_OF = set(
  'api secret private access crypto encryption encrypt signing sign auth account master shared session storage client license app application hmac aes jwt ssh deploy webhook s3 aws gcp azure admin root integration subscription write server d360 stripe sendgrid twilio recovery unseal d360api service hash',
);
export const CODE_OF = set(
  'sms verification verify otp registration confirm confirmation security activation recovery backup mfa 2fa auth twofactor factor',
);
export const SESSION =
  /^(?:sid|sess|session|sessionid|phpsessid|jsessionid|sessid|connectsid|sessiontoken|rememberme)$/;
export const PHONE =
  /^(?:phones?|phonenumbers?|phoneno|msisdns?|waids?|mobile|mobileno|mobilenumber|cell|cellphone|tel|telephone|telno|whatsapp|whatsappid|whatsappnumber|jid|jids|remotejid|handset|recipientid|callerid|oncall|smsto|debuginfo)$/;
export const MAYBE_PHONE =
  /^(?:to|from|user|contacts?|recipients?|sender|author|customer|chat|chatid|participants?|subscriber|caller|callee|dest|destination|input|inputs|owner|blocked|blockedusers|account|accountid|receiver|peer|client|rcpt|target|member|members|admin|number|numbers|userid|username|hotline|support|emergency|duty|pager|sms|fax|called|calling|creator|waba)$/;
export const PERSON =
  /^(?:pushname|notifyname|profilename|fullname|formattedname|firstname|lastname|middlename|givenname|familyname|surname|customername|contactname|sendername|recipientname|displayname|nickname|patient|verifiedname|ownername|realname|personname|authorname|callername|patientname|chatname|cardholder)$/;
export const PERSON_OF = set(
  'profile name contact contacts sender customer recipient person vcard author patient subscriber participant owner member caller employee agent',
);
export const BODY =
  /^(?:body|text|caption|textbody|messagebody|messagetext|msgbody|msgtext|bodytext|chatmessage|smstext|smsbody|txt|content|messagecontent|chattext|conversation|quotedmessage|plaintext|reply|replytext|question|answer|comment|transcript|utterance)$/;
// Texts of a message's parts: what a list, a button, a place or a file is called.
export const HELD_TEXT =
  /^(?:title|description|fallbackvalue|default|displaytext|label|name|filename|text|value|header|headline|footer|subtitle)$/;
export const HOLDS_TEXT =
  /^(?:reply|button|buttons|location|place|venue|document|image|video|audio|sticker|media|row|rows|section|sections|params|parameters|parameter|param|quick|product|order|action|interactive|referral|currency|time|list)$/;
export const ADDRESS =
  /^(?:address|street|streetaddress|postaladdress|homeaddress|address1|address2|addressline|addressline1|addressline2|addr1|addr2|shippingaddress|billingaddress|deliveryaddress|location|formattedaddress|customeraddress)$/;
export const HOST =
  /^(?:host|hosts|hostname|hostnames|servername|nodename|nodehost|fqdn|pghost|vhost|dbhost|dbhostname|mysqlhost|dbserver|machine|server|nodes?|instance|domain|domainname|hostaddr|computername|upstream|remotehost|clienthost|serverhost|peerhost|smtphost|redishost|source|sni|cn|nodeid|replica|endpoint)$/;
