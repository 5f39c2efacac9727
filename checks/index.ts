import type { AnyCheck } from '../src/check.ts';
import { databaseAuth } from './database/auth.ts';
import { databaseCommitLatency } from './database/commit-latency.ts';
import { databaseConnect } from './database/connect.ts';
import { databaseConnections } from './database/connections.ts';
import { databaseEncoding } from './database/encoding.ts';
import { databaseLatency } from './database/latency.ts';
import { databasePassword } from './database/password.ts';
import { databasePlacement } from './database/placement.ts';
import { databasePrivileges } from './database/privileges.ts';
import { databaseSettings } from './database/settings.ts';
import { databaseSize } from './database/size.ts';
import { databaseTls } from './database/tls.ts';
import { databaseUpgrade } from './database/upgrade.ts';
import { databaseServerVersion } from './database/version.ts';
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
  databaseConnect,
  databaseServerVersion,
  databaseLatency,
  databaseCommitLatency,
  databasePrivileges,
  databaseAuth,
  databasePassword,
  databasePlacement,
  databaseConnections,
  databaseEncoding,
  databaseTls,
  databaseSettings,
  databaseUpgrade,
  databaseSize,
];
