/* Eight bytes at a random place of a mapping, over and over. */
#include "loops.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A power of 2. */
enum { OFFSETS = 65536 };

/* The same places as lookup.ts draws: xorshift32 (Marsaglia 2003), in multiples of eight bytes. */
static void draw_offsets(uint32_t *offsets, uint32_t length) {
  uint32_t state = 1;
  for (int at = 0; at < OFFSETS; at++) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    offsets[at] = state % (length / 8) * 8;
  }
}

struct outcome lookup(const struct question *question) {
  static uint32_t offsets[OFFSETS];
  int fd = (int)check("open", open(question->path, O_RDONLY | O_CLOEXEC));
  struct stat facts;
  check("fstat", fstat(fd, &facts));
  size_t length = (size_t)facts.st_size;
  char *mapped = mmap(NULL, length, PROT_READ, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) fail("mmap");
  draw_offsets(offsets, (uint32_t)length);
  uint64_t all = 0;
  /* Untimed, so that every page is mapped. */
  for (size_t at = 0; at < length; at += 4096) all ^= *(volatile uint64_t *)(mapped + at);
  all = 0;

  uint64_t before = cpu_ns();
  for (long done = 0; done < question->operations; done++)
    all ^= *(volatile uint64_t *)(mapped + offsets[done & (OFFSETS - 1)]);
  uint64_t after = cpu_ns();

  munmap(mapped, length);
  close(fd);
  return (struct outcome){after - before, 0, (uint32_t)(all ^ all >> 32)};
}
