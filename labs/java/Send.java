/**
 * Sends a file to a socket or to another file in one of the ways that Java has, and says on stdout what it did:
 * `sent` bytes, how many `transfers` (calls of write or transferTo) that took, and whether the file was still `mapped`
 * when its channel had been closed.
 *
 * Usage: java Send.java WAY SOURCE COUNT TARGET     TARGET is PORT of 127.0.0.1, or a path
 */
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

public class Send {
  /** Of the two ways that have a buffer of their own. */
  static final int BUFFER_BYTES = 64 * 1024;

  static long transfers = 0;
  static boolean mapped = false;

  public static void main(String[] args) throws IOException {
    String way = args[0];
    Path source = Path.of(args[1]);
    long count = Long.parseLong(args[2]);
    String target = args[3];
    long sent = switch (way) {
      case "heap" -> toSocket(target, (file, socket) -> copy(file, count, socket, ByteBuffer.allocate(BUFFER_BYTES)), source);
      case "direct" -> toSocket(target, (file, socket) -> copy(file, count, socket, ByteBuffer.allocateDirect(BUFFER_BYTES)), source);
      case "mapped" -> toSocket(target, (file, socket) -> writeMapped(file, count, socket, source), source);
      case "transfer-to" -> toSocket(target, (file, socket) -> transferAll(file, count, socket), source);
      case "transfer-to-polling" -> toSocket(target, (file, socket) -> transferPolling(file, count, socket), source);
      case "transfer-to-wrapped" -> toSocket(target, (file, socket) -> transferAll(file, count, new Wrapped(socket)), source);
      case "transfer-to-file" -> toFile(source, count, target, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      case "transfer-to-append" -> toFile(source, count, target, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
      case "transfer-to-once" -> once(source, count, target);
      default -> throw new IllegalArgumentException("Expected a way to send, found '" + way + "'");
    };
    System.out.printf("{\"sent\":%d,\"transfers\":%d,\"mapped\":%b}%n", sent, transfers, mapped);
  }

  interface Way {
    long send(FileChannel file, SocketChannel socket) throws IOException;
  }

  static long toSocket(String port, Way way, Path source) throws IOException {
    try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ);
        SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)))) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return way.send(file, socket);
    }
  }

  static long toFile(Path source, long count, String target, OpenOption... options) throws IOException {
    try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(Path.of(target), options)) {
      return transferAll(file, count, to);
    }
  }

  /** What the lines in the article do: one call, and nobody looks at what it returns. */
  static long once(Path source, long count, String target) throws IOException {
    try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(Path.of(target), StandardOpenOption.WRITE)) {
      transfers++;
      return file.transferTo(0, count, to);
    }
  }

  /** read and write, with a buffer in the heap or outside of it. */
  static long copy(FileChannel file, long count, SocketChannel socket, ByteBuffer buffer) throws IOException {
    long sent = 0;
    while (sent < count) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), count - sent));
      if (file.read(buffer) < 0) break;
      buffer.flip();
      while (buffer.hasRemaining()) {
        sent += socket.write(buffer);
        transfers++;
      }
    }
    return sent;
  }

  /** One mapping of the whole file, which closing the channel leaves where it is. */
  static long writeMapped(FileChannel file, long count, SocketChannel socket, Path source) throws IOException {
    ByteBuffer buffer = file.map(FileChannel.MapMode.READ_ONLY, 0, count);
    file.close();
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      mapped = lines.anyMatch(line -> line.endsWith(source.toString()));
    }
    while (buffer.hasRemaining()) {
      socket.write(buffer);
      transfers++;
    }
    return count;
  }

  /** The loop that transferTo needs: it may transfer less than it was asked to. */
  static long transferAll(FileChannel file, long count, WritableByteChannel target) throws IOException {
    long sent = 0;
    while (sent < count) {
      long took = file.transferTo(sent, count - sent, target);
      transfers++;
      if (took == 0) break;
      sent += took;
    }
    return sent;
  }

  /** A server's socket, which does not wait: 0 means that it is full. */
  static long transferPolling(FileChannel file, long count, SocketChannel socket) throws IOException {
    long sent = 0;
    try (Selector selector = Selector.open()) {
      socket.configureBlocking(false);
      socket.register(selector, SelectionKey.OP_WRITE);
      while (sent < count) {
        selector.select();
        selector.selectedKeys().clear();
        sent += file.transferTo(sent, count - sent, socket);
        transfers++;
      }
    }
    return sent;
  }

  /** A channel of one's own around the socket: to count, to encrypt, to limit the rate. transferTo does not see through it. */
  record Wrapped(SocketChannel socket) implements WritableByteChannel {
    public int write(ByteBuffer from) throws IOException {
      return socket.write(from);
    }

    public boolean isOpen() {
      return socket.isOpen();
    }

    public void close() throws IOException {
      socket.close();
    }
  }
}
