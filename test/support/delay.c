// A TCP proxy that delivers every byte later than it came, for measurements: delay TARGET_PORT ROUND_TRIP_US.
// Listens on 127.0.0.1, says its port on stdout, and takes new delays (microseconds, a line each) on stdin until that ends.
// One thread per direction: a chunk is stamped when it arrives and leaves half of the round trip later, whatever came since.
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 16384, CHUNKS = 64 };

struct chunk {
  long long due;
  ssize_t length;
  char bytes[CHUNK];
};

struct way {
  int from, to;
  atomic_int *open;
};

static atomic_llong one_way;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int send_all(int to, const char *bytes, ssize_t length) {
  while (length > 0) {
    ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);
    if (sent <= 0) return 0;
    bytes += sent;
    length -= sent;
  }
  return 1;
}

static void deliver(struct way *way, struct chunk *ring) {
  unsigned first = 0, next = 0;
  int ended = 0;
  while (!ended || first != next) {
    struct pollfd wanted = {.fd = !ended && next - first < CHUNKS ? way->from : -1, .events = POLLIN};
    struct timespec wait = {0, 0};
    if (first != next) {
      long long left = ring[first % CHUNKS].due - now();
      if (left > 0) wait = (struct timespec){left / 1000000000, left % 1000000000};
    }
    int ready = ppoll(&wanted, 1, first == next ? NULL : &wait, NULL);
    if (ready < 0 && errno != EINTR) return;
    if (ready > 0) {
      struct chunk *chunk = &ring[next % CHUNKS];
      chunk->length = recv(way->from, chunk->bytes, CHUNK, 0);
      chunk->due = now() + atomic_load(&one_way);
      if (chunk->length <= 0) ended = 1;
      else next += 1;
    }
    while (first != next && ring[first % CHUNKS].due <= now()) {
      struct chunk *chunk = &ring[first % CHUNKS];
      if (!send_all(way->to, chunk->bytes, chunk->length)) return;
      first += 1;
    }
  }
}

static void *pump(void *given) {
  struct way *way = given;
  struct chunk *ring = malloc(sizeof(struct chunk) * CHUNKS);
  prctl(PR_SET_TIMERSLACK, 1);
  deliver(way, ring);
  shutdown(way->to, SHUT_WR);
  shutdown(way->from, SHUT_RD);
  // The second of the two directions closes both sockets.
  if (atomic_fetch_sub(way->open, 1) == 1) {
    close(way->from);
    close(way->to);
    free(way->open);
  }
  free(ring);
  free(way);
  return NULL;
}

static void start(int from, int to, atomic_int *open) {
  pthread_t thread;
  struct way *way = malloc(sizeof(struct way));
  *way = (struct way){from, to, open};
  pthread_create(&thread, NULL, pump, way);
  pthread_detach(thread);
}

static void *orders(void *unused) {
  char line[64];
  while (fgets(line, sizeof line, stdin)) atomic_store(&one_way, atoll(line) * 500);
  exit(0);
  return unused;
}

int main(int count, char **words) {
  if (count != 3) return 2;
  int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  struct sockaddr_in target = own;
  socklen_t length = sizeof own;
  pthread_t reader;
  target.sin_port = htons(atoi(words[1]));
  atomic_store(&one_way, atoll(words[2]) * 500);
  signal(SIGPIPE, SIG_IGN);
  if (bind(listener, (void *)&own, sizeof own) || listen(listener, 64)) return 1;
  getsockname(listener, (void *)&own, &length);
  printf("%d\n", ntohs(own.sin_port));
  fflush(stdout);
  pthread_create(&reader, NULL, orders, NULL);
  for (;;) {
    int client = accept(listener, NULL, NULL), server = socket(AF_INET, SOCK_STREAM, 0);
    if (client < 0 || connect(server, (void *)&target, sizeof target)) {
      if (client >= 0) close(client);
      close(server);
      continue;
    }
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    atomic_int *open = malloc(sizeof(atomic_int));
    atomic_init(open, 2);
    start(client, server, open);
    start(server, client, open);
  }
}
