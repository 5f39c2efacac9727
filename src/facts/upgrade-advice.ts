import type { OperatingSystem } from './os-release.ts';

// Each of these meets every floor of the vendor's table: kernel 4.11, glibc 2.28, libseccomp 2.3.3.
const RELEASES: Readonly<Record<string, string>> = {
  ubuntu: 'Ubuntu 24.04 LTS',
  debian: 'Debian 13',
  centos: 'Rocky Linux 9 or AlmaLinux 9',
  rhel: 'RHEL 9',
  rocky: 'Rocky Linux 9',
  almalinux: 'AlmaLinux 9',
  ol: 'Oracle Linux 9',
  amzn: 'Amazon Linux 2023',
  sles: 'SLES 15 SP7',
  'opensuse-leap': 'openSUSE Leap 16.0',
  fedora: 'the current Fedora',
};

/** The release of its own family that a distribution should move to, as words for a remedy. */
export const upgradeTo = (os: Pick<OperatingSystem, 'id'> | null): string => {
  const known = os && Object.hasOwn(RELEASES, os.id) ? RELEASES[os.id] : undefined;
  return known ?? 'a supported distribution such as Debian 13 or Ubuntu 24.04 LTS';
};
