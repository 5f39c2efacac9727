import { DIGITS, type Draw } from './draw.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

const FORMS_OF_TIME = [
  ...['rfc', 'rfc-us', 'rfc-ns', 'offset', 'comma', 'slash', 'clf', 'dot', 'sec', 'ms', 'us', 'ns', 'float', 'klog'],
] as const;
/** Who writes it: loggers, web servers, the kernel, epochs. */
export type FormOfTime = (typeof FORMS_OF_TIME)[number];

/** A moment of the last years, as one of many programs writes it. */
export const timeIn = (form: FormOfTime, draw: Draw): string => {
  const at = new Date(draw.between(1_620_000_000, 1_780_000_000) * 1000);
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  const part = (count: number) => draw.chars(count, DIGITS);
  const seconds = String(at.getTime() / 1000);
  return {
    rfc: `${day}T${clock}.${part(3)}Z`,
    'rfc-us': `${day}T${clock}.${part(6)}Z`,
    'rfc-ns': `${day}T${clock}.${part(9)}Z`,
    offset: `${day}T${clock}+07:00`,
    comma: `${day} ${clock},${part(3)}`,
    dot: `${day} ${clock}.${part(3)}`,
    slash: `${day.replaceAll('-', '/')} ${clock}`,
    clf: `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock} +0530`,
    sec: seconds,
    ms: `${seconds}${part(3)}`,
    us: `${seconds}${part(6)}`,
    ns: `${seconds}${part(9)}`,
    float: `${seconds}.${part(5)}${draw.between(1, 9)}`,
    klog: `${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())} ${clock}.${part(6)}`,
  }[form];
};
