import type { RunOutcome } from '../../src/model.ts';
import { oneLine } from '../../src/printable.ts';
import * as words from '../words.ts';
import { cut, wrap } from '../wrap.ts';
import { type BundleTold, counted, filesIn, lacksIn, sizeOf, tiersTold, utc, versionsIn } from './told.ts';

const WIDTH = 78;

/** The verdict as a Thai reader has it; the English words stand beside it, for they are what support looks for. */
const THAI: Readonly<Record<RunOutcome, string>> = {
  ready: 'เป็นไปตามข้อกำหนด',
  'ready-with-warnings': 'เป็นไปตามข้อกำหนด แต่มีคำเตือน',
  'not-ready': 'ไม่เป็นไปตามข้อกำหนด',
  'not-proven': 'ยังยืนยันผลไม่ได้',
};

const row = (name: string, text: string): string => cut(`${name.padEnd(10)}${oneLine(text)}`, WIDTH);

const english = ({ report, manifest, found }: BundleTold): readonly string[] => {
  const files = filesIn(manifest);
  const bytes = files.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  const lacks = lacksIn(manifest).length;
  const replaced = tiersTold(found);
  return [
    `SUPPORT BUNDLE  ${cut(oneLine(manifest.name), WIDTH - 16)}`,
    ...(report ? wrap(cut(oneLine(report.lifecycle.message), 2 * WIDTH), WIDTH) : []),
    '',
    ...(report ? [row('verdict', `${words.VERDICTS[report.run.outcome]}: ${words.countsOf(report.summary)}`)] : []),
    ...(report ? [row('host', report.host.name), row('versions', versionsIn(report).join(', '))] : []),
    row('made', `${utc(manifest.createdAt)} by ${manifest.tool.name} ${manifest.tool.version}`),
    ...(manifest.case === null ? [] : [row('case', manifest.case)]),
    row(
      'files',
      `${counted(files.length, 'file')}, ${sizeOf(bytes)}${lacks > 0 ? `; ${lacks} cut, empty or missing` : ''}`,
    ),
    ...(manifest.volumes > 1 ? [row('part', `${manifest.volume} of ${manifest.volumes}`)] : []),
    row('replaced', replaced === '' ? 'nothing' : replaced),
    '',
    'summary.html      open this first: all of it on one page',
    'ticket.txt        five lines to paste into the ticket',
    'report.json       the preflight report',
    'manifest.json     every file with its digest; what is missing, and why',
    'redaction/        what was replaced, by rule and by file, without values',
    '',
    'What is secret or personal is replaced by a label such as [phone-k3m7q2xa];',
    'the same value has the same one everywhere. No scanner finds everything: read',
    'it yourself before you send it. This tool has sent nothing to anybody.',
    'Unchanged since?  wa-preflight bundle verify FILE',
    'Judge it again:   wa-preflight check --from FILE',
  ];
};

const thai = ({ report, manifest }: BundleTold): readonly string[] => [
  'ชุดข้อมูลสำหรับฝ่ายสนับสนุน',
  ...(report?.lifecycle.status === 'ended' ? [`ผู้ผลิตยุติผลิตภัณฑ์นี้แล้วเมื่อวันที่ ${oneLine(report.lifecycle.endedOn)}`] : []),
  ...(report ? [`ผลการตรวจ: ${THAI[report.run.outcome]} (${words.VERDICTS[report.run.outcome]})`] : []),
  `เวลาที่สร้าง: ${utc(manifest.createdAt)}`,
  'เปิดไฟล์ summary.html ก่อน สรุปทั้งหมดอยู่ในหน้าเดียว',
  'ข้อความสำหรับวางในตั๋วอยู่ในไฟล์ ticket.txt',
  'รายชื่อไฟล์ทั้งหมด และเหตุผลของไฟล์ที่ขาด อยู่ในไฟล์ manifest.json',
  'รหัสผ่านและข้อมูลส่วนบุคคลถูกแทนด้วยป้าย เช่น [phone-k3m7q2xa]',
  'ไม่มีเครื่องมือใดหาได้ครบทุกอย่าง โปรดอ่านเองก่อนส่ง',
  'เครื่องมือนี้ไม่ได้ส่งข้อมูลใดออกไป คุณเป็นผู้แนบไฟล์เอง',
];

/** `README.txt`: the same as summary.html in 40 lines of text at most, English and then Thai. */
export const readmeText = (told: BundleTold): string => `${[...english(told), '', ...thai(told)].join('\n')}\n`;
