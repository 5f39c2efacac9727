import { isLabel } from '../pseudonyms/labels.ts';
import type { Put } from '../rule.ts';

// Texts are latin1, so that characters beyond it are free: a label that stands is three of them, and no rule reads it as text.
const OPEN = '\ue000';
const MARK = /\ue000([\u1000-\u4fff])([\u1000-\u4fff])/g;
const BASE = 0x4000;

/** Whether a text is one label that is held. */
export const isHeld = (text: string): boolean => text.length === 3 && text.startsWith(OPEN);

/** Whether a text begins with a label that is held and does not go on as the rest of a torn value would. */
export const beginsHeld = (text: string): boolean => text.startsWith(OPEN) && !/[A-Za-z0-9+/=]/.test(text[3] ?? '');

// A host's short name in front of a domain is not all of the name: the domain would stay.
const LABELS =
  /\[(?:[a-z0-9-]{1,40}-[a-z2-7]{8}|body: [a-z -]{1,30}, \d{1,9} characters)\]|(?<![\w.-])(?:host-[a-z2-7]{8}(?:\.domain-[a-z2-7]{8}\.example|(?!\.[a-z0-9-]))|domain-[a-z2-7]{8}\.example)(?![\w-])/g;

/** Labels of one text, kept out of sight of the rules that come after the one that gave them. */
export const holding = (put: Put) => {
  const labels: string[] = [];
  const hold = (label: string): string => {
    const at = labels.push(label) - 1;
    return OPEN + String.fromCharCode(0x1000 + (at % BASE), 0x1000 + Math.floor(at / BASE));
  };
  const shown = (text: string): string =>
    text.includes(OPEN)
      ? text.replace(MARK, (_, low: string, high: string) => {
          const at = low.charCodeAt(0) - 0x1000 + (high.charCodeAt(0) - 0x1000) * BASE;
          return labels[at] ?? '';
        })
      : text;
  const held: Put = (rule, value) => (isHeld(value) || isLabel(value) ? value : hold(put(rule, shown(value))));
  return {
    held,
    shown,
    hidden: (text: string): string => (/\[|-[a-z2-7]{8}/.test(text) ? text.replace(LABELS, hold) : text),
  };
};
