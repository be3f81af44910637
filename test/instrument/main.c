/*
 * Answers questions until its input ends, one line each, so that starting up is in no sample:
 *   FAMILY BYTES OPERATIONS PORT CONGESTION PATH  ->  {"cpuNs":…,"calls":…,"answer":…}
 */
#include "loops.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static const struct {
  const char *family;
  struct outcome (*run)(const struct question *);
} loops[] = {
    {"read-write", read_write},
    {"sendfile", send_file},
    {"open-read-close", open_read_close},
    {"open-mmap-scan-munmap-close", open_mmap_scan_munmap_close},
    {"lookup", lookup},
    {"empty-call", empty_call},
};

static struct outcome run(const struct question *question) {
  for (size_t at = 0; at < sizeof loops / sizeof *loops; at++)
    if (strcmp(loops[at].family, question->family) == 0) return loops[at].run(question);
  fprintf(stderr, "Cannot run '%s': there is no such family\n", question->family);
  exit(64);
}

/* Usage: loops PARENT, the process that started us and whose end is ours (prctl(2)). */
int main(int count, char **arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (count != 2 || getppid() != atoi(arguments[1])) return 64;
  signal(SIGPIPE, SIG_IGN); /* as Node does */
  char line[8192];
  while (fgets(line, sizeof line, stdin)) {
    struct question question;
    int found = sscanf(line, "%63s %zu %ld %d %15s %4095[^\n]", question.family, &question.bytes, &question.operations,
                       &question.port, question.congestion, question.path);
    if (found != 6) {
      fprintf(stderr, "Cannot read the question: expected 6 words, found %d in: %s", found, line);
      return 64;
    }
    struct outcome outcome = run(&question);
    printf("{\"cpuNs\":%llu,\"calls\":%llu,\"answer\":%llu}\n", (unsigned long long)outcome.cpu_ns,
           (unsigned long long)outcome.calls, (unsigned long long)outcome.answer);
    fflush(stdout);
  }
  return 0;
}

uint64_t cpu_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void fail(const char *call) {
  fprintf(stderr, "Cannot %s: %s\n", call, strerror(errno));
  exit(70);
}

long check(const char *call, long result) {
  if (result == -1) fail(call);
  return result;
}

void *anonymous(size_t length) {
  void *memory = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) fail("mmap");
  return memory;
}
