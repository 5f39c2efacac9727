import { drawOf } from './draw.ts';
import { type Style, written } from './page.ts';
import type { Corpus } from './planted.ts';
import { bytes } from './styles/bytes.ts';
import { estate } from './styles/estate.ts';
import { java } from './styles/java.ts';
import { kube } from './styles/kube.ts';
import { loggers } from './styles/loggers.ts';
import { prose } from './styles/prose.ts';
import { shell } from './styles/shell.ts';
import { signals } from './styles/signals.ts';
import { tongues } from './styles/tongues.ts';
import { vendor } from './styles/vendor.ts';
import { wire } from './styles/wire.ts';

const STYLES: readonly Style[] = [vendor, kube, java, shell, wire, loggers, bytes, prose, tongues, estate, signals];

/** A corpus of made-up secrets and harmless values in all styles: the same for the same seed. */
export const corpusOf = (seed: string): Corpus =>
  written(STYLES, (style) => drawOf(`${seed}/${style}`), `own corpus, seed ${seed}`);
