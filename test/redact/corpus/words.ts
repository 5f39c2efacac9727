import type { Draw } from './draw.ts';

const CONSONANTS = 'bcdfghjklmnprstvwz';
const VOWELS = 'aeiou';

/** A made-up word of three to five syllables: found again nowhere by chance. */
export const word = (draw: Draw): string => {
  const count = draw.between(3, 5);
  const tail = draw.chance(0.5) ? draw.pick(['n', 's', 'r', 't', 'l']) : '';
  return `${Array.from({ length: count }, () => draw.pick([...CONSONANTS]) + draw.pick([...VOWELS])).join('')}${tail}`;
};

/** Bodies of messages: `1` and `2` stand for made-up words. */
export const BODIES = [
  'Good morning, is the 1 still available? I would pick it up at 2 tomorrow',
  'please cancel my 1 subscription, the doctor at 2 said so',
  'Thanks! My 1 arrived but the 2 is broken :(',
  'Hola, necesito cambiar mi cita de 1 para el martes, ¿puede ser en 2?',
  'Olá, o boleto do 1 venceu, podem mandar outro para 2? 🙏',
  'Bonjour, j’ai perdu ma carte 1, que dois-je faire à 2 ?',
  'Guten Tag, mein Termin wegen 1 in der 2straße fällt leider aus',
  'नमस्ते, मेरा 1 कब आएगा? पता 2 है',
  'สอบถามค่ะ 1 ราคาเท่าไหร่ ส่งที่ 2 ได้ไหม',
  'Halo kak, pesanan 1 belum sampai di 2 😭',
  'مرحبا، أريد إلغاء طلب 1 وإرساله إلى 2',
  'Здравствуйте, не пришёл 1, улица 2, дом 7',
  'こんにちは、1の予約を2に変更したいです',
  '您好，我的1什么时候到2？',
  'Merhaba, 1 siparişim hâlâ gelmedi, adres 2',
  'Xin chào, tôi muốn đổi 1 sang 2 được không?',
  'balance of 1 pls, also the loan for 2',
  '*Urgent* 1\nsecond line: 2',
  'he said "1" and then left for 2',
  'Ciao, la fattura 1 è sbagliata: 2 non 3 pezzi',
] as const;

export const GIVEN = [
  ...['Somchai', 'Priya', 'João', 'Fatima', 'Kwame', 'Ingrid', 'Wei', 'Dmitri', 'María', 'Aylin', 'Nguyen', 'Olu'],
  ...['Sakura', 'Budi', 'Zoë', 'Ravi', 'Chloé', 'Tomasz', 'Amara', 'Yusuf'],
] as const;

export const STREETS = [
  'Road',
  'Lane',
  'Avenue',
  'Strasse',
  'Marg',
  'Soi',
  'Street',
  'Boulevard',
  'Way',
  'Drive',
] as const;
