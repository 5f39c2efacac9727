import type { Rule } from '../rule.ts';
import { ADDRESS } from '../structure/names.ts';

const STREET =
  '(?:Street|St\\.|Road|Rd\\.?|Avenue|Ave\\.?|Marg|Lane|Ln\\.?|Drive|Dr\\.|Boulevard|Blvd\\.?|Nagar|Colony|Court|Square|Terrace|Crescent|Close|Highway|Hwy|Parkway|Strasse|Stra\\xc3\\x9fe|Weg|Platz|Gasse|Allee|Way|Place|Soi|Bagh|Chowk|Gali|Jalan)';
const LETTERS = "[A-Z\\x80-\\xff][\\w\\x80-\\xff'.-]{0,30}";
const POSTAL = new RegExp(
  `(?<![\\w.:/-])(?:\\d{1,5}[A-Za-z]?(?:/\\d{1,4})?,? (?:${LETTERS} ){1,4}${STREET}(?![\\w])|(?:Rua|Avenida|Av\\.|Calle|Via|Soi|Jalan|Jl\\.|Rue|Thanon) (?:${LETTERS},? ){1,4}\\d{1,5}|[A-Z][a-z\\x80-\\xff-]{1,30}?(?:stra\\xc3\\x9fe|strasse|str\\.|weg|gasse|allee|platz) \\d{1,4}[a-z]?(?:, \\d{4,5} ${LETTERS})?)(?:, (?:${LETTERS}[ ,]{1,2}){0,4}(?:\\d{4,6}(?:-\\d{3,4})?|[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}))?`,
  'g',
);

/** Streets with their numbers, as they are written in several countries. */
export const postalAddresses: Rule = {
  id: 'personal.address',
  tier: 'personal',
  kind: 'address',
  triggers: [
    ' street',
    ' st\\.',
    ' road',
    ' rd',
    ' ave',
    ' marg',
    ' lane',
    ' ln',
    ' drive',
    ' dr\\.',
    ' boulevard',
    ' blvd',
    ' nagar',
    ' colony',
    ' court',
    ' square',
    ' terrace',
    ' crescent',
    ' close',
    ' highway',
    ' hwy',
    ' parkway',
    ' way',
    ' place',
    'strasse',
    'stra[^ ]{1,4}e [0-9]',
    'weg',
    'platz',
    'gasse',
    'allee',
    'str\\.',
    'rua ',
    'av\\.',
    'calle ',
    'via ',
    ' soi',
    'jalan ',
    'jl\\.',
    'rue ',
    'thanon ',
  ],
  apply: (text, put) => text.replace(POSTAL, (address) => put(ADDRESS, address)),
};
