import { X509Certificate } from 'node:crypto';
import type { ApiAnswers } from '../../answers/api.ts';
import { certificateOf } from '../../child/network/certificate.ts';
import type { Called } from './caller.ts';

type Chain = ApiAnswers['webhooks-ca-chain'];

const MOST = 20;
const PEM = /-----BEGIN CERTIFICATE-----[^-]{1,100000}-----END CERTIFICATE-----/g;

const nothing = (why: string | null): Chain => ({ chain: [], why });

/** The certificates of the CA that was uploaded for webhooks; 404 says that there is none. */
export const webhooksCaChain = ({ answer: { status, failed }, body }: Called): Chain => {
  if (failed) return nothing(failed.message);
  if (status === 404) return nothing(null);
  if (status !== 200) return nothing(`the API answered with ${status}`);
  const blocks = (body?.toString('latin1').match(PEM) ?? []).slice(0, MOST);
  if (blocks.length === 0) return nothing('what the API answered holds no certificate');
  try {
    return { chain: blocks.map((block) => certificateOf(new X509Certificate(block))), why: null };
  } catch {
    return nothing('what the API answered holds a certificate that cannot be read');
  }
};
