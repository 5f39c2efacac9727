// Calling codes of the ITU (E.164, list of 2016), and how many digits a whole number has with them.
const CODES =
  '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 850 852 853 855 856 880 886 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 992 993 994 995 996 998';
const known: ReadonlySet<string> = new Set(CODES.split(' '));

/** Whether digits begin with a calling code and are as many as a number in international form has. */
export const isPossible = (digits: string): boolean => {
  if (digits.length < 10 || digits.length > 14 || digits.startsWith('0')) return false;
  if (digits.startsWith('1')) return digits.length === 11 && /^1[2-9]/.test(digits);
  if (digits.startsWith('7')) return digits.length === 11;
  return known.has(digits.slice(0, 2)) || known.has(digits.slice(0, 3));
};

/** Seconds, milliseconds, microseconds since 1970, or a time written without separators. */
export const isTime = (digits: string): boolean =>
  /^1[0-9]\d{8}$/.test(digits) ||
  /^1[0-9]\d{11}$/.test(digits) ||
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d)?(?:[0-5]\d)?$/.test(digits);

/** 8 to 15 digits, as many as a subscriber number may have. */
export const isLong = (digits: string): boolean => digits.length >= 8 && digits.length <= 15;

export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** A whole value that is a phone number in some spelling, where a name says that it is one. */
export const isPhoneText = (value: string): boolean =>
  /^(?:tel:|whatsapp:|sms:|00|\+|%2B)?[ (]?\d[\d ().\-/]{4,24}$/i.test(value.trim()) &&
  isLong(digitsOf(value.replace(/%2B/i, '')));
