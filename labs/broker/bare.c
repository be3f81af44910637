/*
 * The least that a server can do for a fetch: reads a request of Fetch 11 for one partition, and answers it from one file by
 * sendfile, or by pread and write. There is no broker in it: no index, no other request, one client at a time.
 *
 * Arguments: the file, bytes of a batch, records of a batch, `sendfile` or `copying`, congestion control, bytes of the send
 * buffer (0: the kernel adapts it).
 * Prints its port, and serves until it is ended.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 65536, MOST_CLIENTS = 64 };
static char buffer[CHUNK];
static int file, copying;
static int64_t file_bytes, batch_bytes, batch_records;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int receive(int fd, char *into, size_t count) {
  for (size_t got = 0; got < count;) {
    ssize_t more = recv(fd, into + got, count - got, 0);
    if (more <= 0) return 0;
    got += more;
  }
  return 1;
}

static int send_all(int fd, const char *from, size_t count, int flags) {
  for (size_t sent = 0; sent < count;) {
    ssize_t more = send(fd, from + sent, count - sent, flags);
    if (more < 0) return 0;
    sent += more;
  }
  return 1;
}

static uint32_t int32_at(const char *bytes) {
  uint32_t value;
  memcpy(&value, bytes, 4);
  return be32toh(value);
}

static char *put(char *to, uint64_t value, int bytes) {
  for (int at = bytes - 1; at >= 0; at--) *to++ = (char)(value >> (8 * at));
  return to;
}

/* Sends a range of the file: the one thing in which the two ways differ. */
static int send_range(int fd, off_t at, int64_t left) {
  while (left > 0) {
    ssize_t done;
    if (!copying) {
      done = sendfile(fd, file, &at, left);
      if (done <= 0) return 0;
    } else {
      done = pread(file, buffer, left < CHUNK ? left : CHUNK, at);
      if (done <= 0 || !send_all(fd, buffer, done, 0)) return 0;
      at += done;
    }
    left -= done;
  }
  return 1;
}

/* The layout is that of src/broker/wire/api/fetch.ts. @returns 0 when the client has left */
static int answer(int fd) {
  char request[1024], response[512], size[4];
  if (!receive(fd, size, 4)) return 0;
  uint32_t length = int32_at(size);
  if (length > sizeof request || length < 60 || !receive(fd, request, length)) return 0;
  int64_t offset, end = file_bytes / batch_bytes * batch_records;
  memcpy(&offset, request + length - 26, 8);
  offset = be64toh(offset);
  int64_t most = int32_at(request + length - 10), at = offset / batch_records * batch_bytes;
  int64_t bytes = file_bytes - at < most ? file_bytes - at : most;
  if (bytes < batch_bytes && bytes < file_bytes - at) bytes = batch_bytes;
  uint16_t client, name;
  memcpy(&client, request + 8, 2);
  client = be16toh(client);
  const char *topic = request + 10 + client + 4 + 4 + 4 + 4 + 1 + 4 + 4 + 4;
  memcpy(&name, topic, 2);
  name = be16toh(name);
  if (name > 255) return 0;

  char *to = response + 4;
  memcpy(to, request + 4, 4);                         /* correlation id */
  to = put(put(put(to + 4, 0, 4), 0, 2), 0, 4);       /* throttle, error, session */
  to = put(to, 1, 4);                                 /* topics */
  memcpy(to, topic, 2 + name);
  to = put(put(put(to + 2 + name, 1, 4), 0, 4), 0, 2); /* partitions, index, error */
  to = put(put(put(to, end, 8), end, 8), 0, 8);       /* high watermark, last stable offset, log start */
  to = put(put(put(to, -1, 4), -1, 4), bytes, 4);     /* aborted, preferred replica, length of the records */
  put(response, to - response - 4 + bytes, 4);
  return send_all(fd, response, to - response, bytes > 0 ? MSG_MORE : 0) && send_range(fd, at, bytes);
}

int main(int count, char **argument) {
  if (count != 7) return 2;
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  struct stat about;
  if ((file = open(argument[1], O_RDONLY | O_CLOEXEC)) < 0 || fstat(file, &about) < 0) fail(argument[1]);
  file_bytes = about.st_size;
  batch_bytes = atoll(argument[2]);
  batch_records = atoll(argument[3]);
  copying = strcmp(argument[4], "copying") == 0;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1, send_buffer = atoi(argument[6]);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  /* Accepted sockets inherit them: the same as our broker's. */
  if (setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0) fail("TCP_NODELAY");
  if (setsockopt(listener, IPPROTO_TCP, TCP_CONGESTION, argument[5], strlen(argument[5])) < 0) fail(argument[5]);
  if (send_buffer > 0 && setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer) < 0) fail("SO_SNDBUF");
  if (bind(listener, (void *)&address, length) < 0 || listen(listener, 128) < 0) fail("listen");
  getsockname(listener, (void *)&address, &length);
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);

  struct pollfd watched[MOST_CLIENTS + 1] = {{.fd = listener, .events = POLLIN}};
  int clients = 0;
  for (;;) {
    if (poll(watched, clients + 1, -1) < 0) fail("poll");
    for (int at = clients; at > 0; at--) {
      if (!watched[at].revents || answer(watched[at].fd)) continue;
      close(watched[at].fd);
      watched[at] = watched[clients--];
    }
    if (watched[0].revents && clients < MOST_CLIENTS) {
      int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
      if (fd >= 0) watched[++clients] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
  }
}
