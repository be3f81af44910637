/* A call for which the kernel does next to nothing: what is left is the cost of calling. */
#include "loops.h"
#include <unistd.h>

struct outcome empty_call(const struct question *question) {
  uint64_t answer = 0;
  uint64_t before = cpu_ns();
  for (long done = 0; done < question->operations; done++) answer += (uint64_t)(getppid() > 0);
  uint64_t after = cpu_ns();
  return (struct outcome){after - before, (uint64_t)question->operations, answer};
}
