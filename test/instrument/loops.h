/*
 * The loops that the labs run, written in C: what the same calls cost without Node and koffi. Each loop has its twin of
 * the same name in TypeScript beside it. Set-up is outside of what is timed, on both sides.
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>

/* One sample to take. */
struct question {
  char family[64];
  /* Bytes of one operation. */
  size_t bytes;
  long operations;
  /* Of the transfers: where the receiver listens on 127.0.0.1, and the sockets' congestion control. */
  int port;
  char congestion[16];
  char path[4096];
};

struct outcome {
  /* CLOCK_PROCESS_CPUTIME_ID over the loop, ns. */
  uint64_t cpu_ns;
  /* Calls that were made. */
  uint64_t calls;
  /* What the loop found, the same on both sides. */
  uint64_t answer;
};

struct outcome read_write(const struct question *question);
struct outcome send_file(const struct question *question);
struct outcome open_read_close(const struct question *question);
struct outcome open_mmap_scan_munmap_close(const struct question *question);
struct outcome lookup(const struct question *question);
struct outcome empty_call(const struct question *question);

/* CPU time of this process so far, user and system, ns. */
uint64_t cpu_ns(void);
/* Ends the program with the name of the call and its error. */
_Noreturn void fail(const char *call);
/* The result of a call; ends the program when it is -1. */
long check(const char *call, long result);
/* Private memory, page-aligned and zeroed, as Mapping.anonymous() gives it. */
void *anonymous(size_t length);
