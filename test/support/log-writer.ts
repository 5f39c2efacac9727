import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { COREAPP, demand, WEBAPP } from './containers.ts';
import type { Dockerd } from './dockerd.ts';

// Containers that write what they are told and leave files: images of one static program, under the vendor's names.

const WRITER = `
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
static void put(int to, const char *text, size_t length) {
  while (length) { ssize_t done = write(to, text, length); if (done <= 0) _exit(9); text += done; length -= done; }
}
int main(int count, char **words) {
  signal(SIGTERM, _exit);
  for (int at = 1; at + 1 < count; at += 2) {
    const char *what = words[at], *with = words[at + 1];
    if (!strcmp(what, "out") || !strcmp(what, "err")) {
      int to = *what == 'o' ? 1 : 2;
      put(to, with, strlen(with)); put(to, "\\n", 1);
    } else if (!strcmp(what, "part")) put(1, with, strlen(with));
    else if (!strcmp(what, "long")) {
      size_t length = strtoul(with, 0, 10);
      char *text = malloc(length); memset(text, 'x', length); put(1, text, length); free(text);
    } else if (!strcmp(what, "binary")) for (int byte = 0; byte < 256; byte++) { char one = byte; put(1, &one, 1); }
    else if (!strcmp(what, "folder")) mkdir(with, 0755);
    else if (!strcmp(what, "file")) { int file = open(with, O_CREAT | O_WRONLY, 0644); put(file, "crash", 5); close(file); }
    else if (!strcmp(what, "link")) { const char *name = strrchr(with, ':'); char to[256] = {0}; strncpy(to, with, name - with); symlink(to, name + 1); }
    else if (!strcmp(what, "fifo")) mkfifo(with, 0644);
    else if (!strcmp(what, "stay")) for (;;) pause();
    else if (!strcmp(what, "lines")) { for (long left = atol(with); left; left--) put(1, "another line without anything in it\\n", 36); }
    else if (!strcmp(what, "grow")) for (;;) { put(1, "QSqlError growing\\n", 18); usleep(200); }
  }
  return 0;
}`;

const program = (): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'writer-'));
  try {
    writeFileSync(join(folder, 'writer.c'), WRITER);
    execFileSync('cc', ['-static', '-Os', '-s', '-w', '-o', join(folder, 'writer'), join(folder, 'writer.c')]);
    return readFileSync(join(folder, 'writer'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Gives an Engine images of the program under the vendor's names. */
export const loadWriters = async (dockerd: Dockerd): Promise<void> => {
  const tar = pack();
  tar.entry({ name: 'writer', mode: 0o755 }, program());
  for (const name of ['usr/', 'usr/local/', 'usr/local/waent/']) tar.entry({ name, type: 'directory', mode: 0o755 });
  tar.finalize();
  const body = await buffer(tar);
  for (const image of [COREAPP, WEBAPP]) {
    const [, repo = '', tag = ''] = /^(.*):([^:]*)$/.exec(image) ?? [];
    const path = `/images/create?fromSrc=-&repo=${encodeURIComponent(repo)}&tag=${tag}`;
    await demand(dockerd, { method: 'POST', path, body, type: 'application/x-tar' });
  }
};

/** What a container is to do, word by word, and how its log is kept. */
export type Writing = {
  readonly image?: string;
  readonly words: readonly string[];
  readonly env?: readonly string[];
  readonly tty?: boolean;
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly binds?: readonly string[];
  /** Whether to wait until it has ended. */
  readonly ends?: boolean;
};

/** Runs a writer under a name. */
export const runWriter = async (dockerd: Dockerd, name: string, writing: Writing): Promise<void> => {
  const { image = COREAPP, words, env = [], tty = false, driver = 'json-file', options = {}, binds = [] } = writing;
  const body = {
    Image: image,
    Entrypoint: ['/writer', ...words],
    Env: env,
    Tty: tty,
    HostConfig: { NetworkMode: 'none', LogConfig: { Type: driver, Config: options }, Binds: binds },
  };
  await demand(dockerd, { method: 'POST', path: `/containers/create?name=${name}`, body });
  await demand(dockerd, { method: 'POST', path: `/containers/${name}/start` });
  if (writing.ends) await demand(dockerd, { method: 'POST', path: `/containers/${name}/wait` });
};
