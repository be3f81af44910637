/**
 * The two clients of "Efficient data transfer through zero copy" (IBM developerWorks, 2008), which sent a file to a server
 * on localhost: a stream read and written through an array of 4 KiB, and transferTo. Written anew after its description.
 *
 * It connects to 127.0.0.1:PORT, takes orders there, a line each, and answers each with System.nanoTime() when it began:
 *
 *   traditional|transfer-to PATH BYTES TIMES PORT     sends the first BYTES of PATH, TIMES over one connection to PORT
 *
 * Usage: java Table2008.java PORT
 */
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

public class Table2008 {
  /** The article's buffer. */
  static final int BUFFER_BYTES = 4096;

  public static void main(String[] args) throws IOException {
    try (Socket orders = new Socket("127.0.0.1", Integer.parseInt(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(orders.getInputStream()));
        PrintWriter out = new PrintWriter(orders.getOutputStream(), true)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] order = line.split("\t");
        long bytes = Long.parseLong(order[2]);
        int times = Integer.parseInt(order[3]);
        int port = Integer.parseInt(order[4]);
        out.println(order[0].equals("traditional")
            ? traditional(order[1], bytes, times, port)
            : transferTo(order[1], bytes, times, port));
      }
    }
  }

  static long traditional(String path, long bytes, int times, int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port);
        DataOutputStream output = new DataOutputStream(socket.getOutputStream())) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long start = System.nanoTime();
      for (int time = 0; time < times; time++) {
        try (FileInputStream input = new FileInputStream(path)) {
          for (long left = bytes; left > 0; ) {
            int read = input.read(buffer, 0, (int) Math.min(BUFFER_BYTES, left));
            if (read < 0) throw new IOException("Expected " + left + " more bytes in " + path);
            output.write(buffer, 0, read);
            left -= read;
          }
        }
      }
      return start;
    }
  }

  static long transferTo(String path, long bytes, int times, int port) throws IOException {
    try (SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
      long start = System.nanoTime();
      for (int time = 0; time < times; time++) {
        try (FileChannel file = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
          for (long sent = 0; sent < bytes; ) {
            long took = file.transferTo(sent, bytes - sent, socket);
            if (took == 0) throw new IOException("Expected " + (bytes - sent) + " more bytes in " + path);
            sent += took;
          }
        }
      }
      return start;
    }
  }
}
