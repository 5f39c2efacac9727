import type { AnyCheck } from '../src/check.ts';
import { diskCapacity } from './disk/capacity.ts';
import { diskFree } from './disk/free.ts';
import { diskReadLatency } from './disk/read-latency.ts';
import { diskType } from './disk/type.ts';
import { diskWriteLatency } from './disk/write-latency.ts';
import { dockerCompose } from './docker/compose.ts';
import { dockerEngine } from './docker/engine.ts';
import { dockerLogRotation } from './docker/log-rotation.ts';
import { dockerStatx } from './docker/statx.ts';
import { dockerStorage } from './docker/storage.ts';
import { dockerVersion } from './docker/version.ts';
import { hostClock } from './host/clock.ts';
import { hostCpu } from './host/cpu.ts';
import { hostGlibc } from './host/glibc.ts';
import { hostKernel } from './host/kernel.ts';
import { hostLibseccomp } from './host/libseccomp.ts';
import { hostMemory } from './host/memory.ts';
import { hostOs } from './host/os.ts';
import { hostPlatform } from './host/platform.ts';
import { hostPorts } from './host/ports.ts';
import { lifecycleProduct } from './lifecycle/product.ts';

/** All checks, in report order. A check needs only those above it. */
export const checks: readonly AnyCheck[] = [
  lifecycleProduct,
  hostPlatform,
  hostOs,
  hostKernel,
  hostGlibc,
  hostLibseccomp,
  hostCpu,
  hostMemory,
  hostClock,
  hostPorts,
  diskCapacity,
  diskFree,
  diskType,
  diskWriteLatency,
  diskReadLatency,
  dockerEngine,
  dockerVersion,
  dockerStatx,
  dockerCompose,
  dockerStorage,
  dockerLogRotation,
];
