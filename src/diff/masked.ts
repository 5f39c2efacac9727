// What of two texts may differ without any difference between two hosts: figures, and what stands for addresses and names.

const FIGURE = /\d+(?:[.,]\d+)*/g;

/** Our own labels (`[phone-abcdefgh]`), and names of hosts of ours (`host-abcdefgh.domain-abcdefgh.example`). */
const LABEL =
  /\[[a-z0-9-]{1,40}-[a-z2-7]{8}\]|\b(?:host|domain)-[a-z2-7]{8}\b(?:\.domain-[a-z2-7]{8}\.example|\.example)?/gi;
const V4 = /(?<!\d)(?<!\d\.)\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)/g;
const V6 = /(?<![\w:])(?=[0-9a-f:.]*:[0-9a-f]*:)[0-9a-f:]{2,39}(?![\w:])/gi;
const MAC = /(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])/gi;

/** A text without its addresses and labels: two that are equal so may differ by pseudonyms alone. */
export const withoutNames = (text: string): string =>
  text.replace(LABEL, '<name>').replace(MAC, '<mac>').replace(V4, '<address>').replace(V6, '<address>');

/** A text without its figures. */
export const withoutFigures = (text: string): string => text.replace(FIGURE, '#');
