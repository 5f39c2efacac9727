import type { AnyCheck } from '../src/check.ts';
import { accountCertificate } from './account/certificate.ts';
import { accountPhoneNumber } from './account/phone-number.ts';
import { accountTestMessage } from './account/test-message.ts';
import { apiHealth } from './api/health.ts';
import { apiLogin } from './api/login.ts';
import { apiProfile } from './api/profile.ts';
import { apiReady } from './api/ready.ts';
import { apiSettings } from './api/settings.ts';
import { apiStats } from './api/stats.ts';
import { apiStatsDatabase } from './api/stats-database.ts';
import { apiSupport } from './api/support.ts';
import { apiTemplates } from './api/templates.ts';
import { awsInstance } from './aws/instance.ts';
import { awsTemplate } from './aws/template.ts';
import { containersCrashLogs } from './containers/crash-logs.ts';
import { containersEnvironment } from './containers/environment.ts';
import { containersExposedPorts } from './containers/exposed-ports.ts';
import { containersLogMarkers } from './containers/log-markers.ts';
import { containersLogRotation } from './containers/log-rotation.ts';
import { containersMediaVolume } from './containers/media-volume.ts';
import { containersMulticonnect } from './containers/multiconnect.ts';
import { containersNames } from './containers/names.ts';
import { containersPorts } from './containers/ports.ts';
import { containersRestartPolicy } from './containers/restart-policy.ts';
import { containersRunning } from './containers/running.ts';
import { containersVersions } from './containers/versions.ts';
import { containersWebappPort } from './containers/webapp-port.ts';
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
import { lifecycleBuild } from './lifecycle/build.ts';
import { lifecycleProduct } from './lifecycle/product.ts';
import { networkChat } from './network/chat.ts';
import { networkDns } from './network/dns.ts';
import { networkHttps } from './network/https.ts';
import { networkLongLived } from './network/long-lived.ts';
import { networkProxy } from './network/proxy.ts';
import { networkTlsInterception } from './network/tls-interception.ts';
import { securityApiKey } from './security/api-key.ts';
import { securityCertificate } from './security/certificate.ts';
import { securityDatabaseTls } from './security/database-tls.ts';
import { securityDefaultAdmin } from './security/default-admin.ts';
import { securityDockerApi } from './security/docker-api.ts';
import { securityFileModes } from './security/file-modes.ts';
import { securityHeaders } from './security/headers.ts';
import { securityPlainHttp } from './security/plain-http.ts';
import { securitySamplePasswords } from './security/sample-passwords.ts';
import { securitySecret } from './security/secret.ts';
import { securityTls } from './security/tls.ts';
import { webhookCertificate } from './webhook/certificate.ts';
import { webhookConfigured } from './webhook/configured.ts';
import { webhookDelivery } from './webhook/delivery.ts';
import { webhookReachable } from './webhook/reachable.ts';

/** All checks, in report order. A check needs only those above it. */
export const checks: readonly AnyCheck[] = [
  lifecycleProduct,
  lifecycleBuild,
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
  networkChat,
  networkHttps,
  networkDns,
  networkProxy,
  networkTlsInterception,
  networkLongLived,
  awsInstance,
  awsTemplate,
  accountPhoneNumber,
  accountCertificate,
  accountTestMessage,
  containersRunning,
  containersNames,
  containersPorts,
  containersVersions,
  containersEnvironment,
  containersMulticonnect,
  containersWebappPort,
  containersLogRotation,
  containersLogMarkers,
  containersRestartPolicy,
  containersMediaVolume,
  containersCrashLogs,
  containersExposedPorts,
  apiLogin,
  apiHealth,
  apiSupport,
  apiReady,
  apiSettings,
  apiProfile,
  apiStats,
  apiStatsDatabase,
  apiTemplates,
  webhookConfigured,
  webhookReachable,
  webhookCertificate,
  webhookDelivery,
  securityTls,
  securityCertificate,
  securityPlainHttp,
  securityHeaders,
  securityDefaultAdmin,
  securitySecret,
  securityApiKey,
  securityDatabaseTls,
  securitySamplePasswords,
  securityFileModes,
  securityDockerApi,
];
