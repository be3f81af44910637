/* A file to a socket, as src/transfer/read-write.ts, sendfile.ts and blocking-loop.ts do it. */
#include "loops.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

/* One way to move at most one chunk. */
struct mover {
  int file, socket;
  size_t chunk;
  char *buffer;
  uint64_t calls;
};
typedef ssize_t step(struct mover *mover, off_t offset, size_t count);

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Writes what it read to the last byte: a blocking socket takes all of it but for a signal. */
static ssize_t step_read_write(struct mover *mover, off_t offset, size_t count) {
  mover->calls++;
  ssize_t held = pread(mover->file, mover->buffer, least(count, mover->chunk), offset);
  if (held <= 0) fail("pread");
  for (ssize_t sent = 0; sent < held;) {
    mover->calls++;
    ssize_t result = write(mover->socket, mover->buffer + sent, (size_t)(held - sent));
    if (result < 0 && errno != EINTR) fail("write");
    if (result > 0) sent += result;
  }
  return held;
}

static ssize_t step_sendfile(struct mover *mover, off_t offset, size_t count) {
  mover->calls++;
  ssize_t sent = sendfile(mover->socket, mover->file, &offset, least(count, mover->chunk));
  if (sent == 0 || (sent < 0 && errno != EINTR)) fail("sendfile");
  return sent < 0 ? 0 : sent;
}

static void send_blocking(struct mover *mover, step *step, size_t count) {
  for (size_t sent = 0; sent < count;) sent += (size_t)step(mover, (off_t)sent, count - sent);
}

/* Connected, with the options of src/machine/links.ts and the patience of src/measure/sender.ts. */
static int connect_to(const struct question *question) {
  int fd = (int)check("socket", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  int on = 1;
  check("setsockopt(TCP_NODELAY)", setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
  socklen_t length = (socklen_t)strlen(question->congestion);
  check("setsockopt(TCP_CONGESTION)", setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, question->congestion, length));
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)question->port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check("connect", connect(fd, (struct sockaddr *)&address, sizeof address));
  struct timeval patience = {.tv_sec = 20};
  check("setsockopt(SO_RCVTIMEO)", setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience));
  check("setsockopt(SO_SNDTIMEO)", setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience));
  return fd;
}

/*
 * Sends `operations` times `bytes`, from the start of the file again whenever it ends, and waits for the byte by which
 * the receiver says that it has everything.
 */
static struct outcome transfer(const struct question *question, step *step, size_t buffer_bytes) {
  struct mover mover = {.chunk = question->bytes};
  mover.file = (int)check("open", open(question->path, O_RDONLY | O_CLOEXEC));
  mover.socket = connect_to(question);
  struct stat facts;
  check("fstat", fstat(mover.file, &facts));
  size_t total = (size_t)question->operations * question->bytes;
  char acknowledgement;

  uint64_t before = cpu_ns();
  if (buffer_bytes > 0) mover.buffer = anonymous(buffer_bytes);
  for (size_t left = total; left > 0;) {
    size_t part = least(left, (size_t)facts.st_size);
    send_blocking(&mover, step, part);
    left -= part;
  }
  check("shutdown", shutdown(mover.socket, SHUT_WR));
  if (buffer_bytes > 0) munmap(mover.buffer, buffer_bytes);
  if (recv(mover.socket, &acknowledgement, 1, 0) != 1) fail("recv");
  uint64_t after = cpu_ns();

  close(mover.socket);
  close(mover.file);
  return (struct outcome){after - before, mover.calls, total};
}

struct outcome read_write(const struct question *question) {
  return transfer(question, step_read_write, question->bytes);
}

struct outcome send_file(const struct question *question) { return transfer(question, step_sendfile, 0); }
