import type { Evidence } from '../host/evidence.ts';
import { printableJson } from '../printable.ts';
import { EVIDENCE_SCHEMA, TOOL } from '../tool.ts';

/** Evidence as a file of its own, to be judged again with `--from`. */
export const recordingFile = (evidence: Evidence): string => {
  const head = { $schema: EVIDENCE_SCHEMA, schemaVersion: '1.0', kind: 'HostEvidence', tool: TOOL };
  return `${printableJson({ ...head, recordedAt: new Date().toISOString(), evidence }, 1)}\n`;
};
