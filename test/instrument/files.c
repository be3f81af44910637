/* Opens a file, looks at all of its bytes and closes it, by read(2) and by mmap(2). */
#include "loops.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A byte that stands nowhere but at the end of the file (source-files.ts), so that a search reads all of it. */
static const int LAST_BYTE = 0xff;

struct outcome open_read_close(const struct question *question) {
  size_t bytes = question->bytes;
  char *buffer = anonymous(bytes);
  memset(buffer, 1, bytes);
  uint64_t answer = 0;

  uint64_t before = cpu_ns();
  for (long done = 0; done < question->operations; done++) {
    int fd = open(question->path, O_RDONLY);
    if (fd < 0) fail("open");
    ssize_t got = read(fd, buffer, bytes);
    if (got < 0) fail("read");
    answer += (uint64_t)got;
    close(fd);
  }
  uint64_t after = cpu_ns();

  munmap(buffer, bytes);
  return (struct outcome){after - before, 3 * (uint64_t)question->operations, answer};
}

/*
 * A hole in the address space whose page table stays, as src/machine/libc/mapping-place.ts makes it: there, mapping
 * costs the same in every process.
 */
static char *mapping_place(char **below) {
  const size_t table_bytes = 1 << 21, kept_bytes = 1 << 16;
  *below = anonymous(2 * table_bytes);
  char *table = (char *)(((uintptr_t)*below + table_bytes - 1) / table_bytes * table_bytes);
  char *place = table + kept_bytes;
  check("munmap", munmap(place, (size_t)(*below + 2 * table_bytes - place)));
  return place;
}

struct outcome open_mmap_scan_munmap_close(const struct question *question) {
  size_t bytes = question->bytes;
  char *below, *place = mapping_place(&below);
  uint64_t answer = 0;

  uint64_t before = cpu_ns();
  for (long done = 0; done < question->operations; done++) {
    int fd = open(question->path, O_RDONLY);
    if (fd < 0) fail("open");
    char *mapped = mmap(place, bytes, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) fail("mmap");
    char *found = memchr(mapped, LAST_BYTE, bytes);
    if (!found) fail("find the last byte");
    answer += (uint64_t)(found - mapped) + 1;
    munmap(mapped, bytes);
    close(fd);
  }
  uint64_t after = cpu_ns();

  munmap(below, (size_t)(place - below));
  return (struct outcome){after - before, 5 * (uint64_t)question->operations, answer};
}
