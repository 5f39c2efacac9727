import type { ExecAnswer } from '../host/answers/answers.ts';

/** The C library of a host: `version` where it is glibc; `told` is the line that says so. */
export type Libc = {
  readonly name: 'glibc' | 'musl' | 'other';
  readonly version: string | null;
  readonly told: string;
};

/** Reads `getconf GNU_LIBC_VERSION`: "glibc 2.36". Null where it says no such thing (musl, busybox). */
export const libcOfGetconf = (answer: ExecAnswer): Libc | null => {
  const told = answer?.stdout.trim().split('\n')[0] ?? '';
  const version = /^glibc (\d+\.\d+(?:\.\d+)*)$/.exec(told)?.[1];
  return version ? { name: 'glibc', version, told } : null;
};

/**
 * Reads `ldd --version`: glibc's first line starts with "ldd (" and ends with the version, whatever the vendor writes
 * between; musl prints to stderr and exits 1. Null where neither speaks.
 */
export const libcOfLdd = (answer: ExecAnswer): Libc | null => {
  const text = `${answer?.stdout ?? ''}\n${answer?.stderr ?? ''}`.trim();
  const musl = /^musl libc.*$/m.exec(text)?.[0];
  if (musl) {
    const version = /^Version (\S+)$/m.exec(text)?.[1];
    return { name: 'musl', version: version ?? null, told: version ? `${musl}, version ${version}` : musl };
  }
  const told = text.split('\n')[0]?.trim() ?? '';
  if (/uclibc/i.test(told)) return { name: 'other', version: null, told };
  const version = /^ldd \(.*\) (?:.* )?(\d+\.\d+(?:\.\d+)*)$/.exec(told)?.[1];
  return version ? { name: 'glibc', version, told } : null;
};
