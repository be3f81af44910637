/**
 * A program that stays with its watches: answers each byte that comes on its socket, and says as JSON what else it got to do
 * meanwhile. Its socket is descriptor 3; argument: `stay` or `leave`.
 */
import { readFile } from 'node:fs';
import { createServer } from 'node:net';
import { Descriptor, recvBytes, sendBytes, setNonBlocking, stayWhile, Watch } from '#libc';

const socket = new Descriptor(3);
setNonBlocking(socket.fd, true);
const bytes = Buffer.alloc(1);
let promised = 0;
let answered = 0;
stayWhile(() => process.argv[2] === 'stay' && promised === 0);

const watch = new Watch(socket.fd, () => {
  const got = recvBytes(socket.fd, bytes);
  if (got <= 0) return watch[Symbol.dispose]();
  const asked = bytes.toString('latin1');
  const answer = () => {
    answered++;
    sendBytes(socket.fd, Buffer.from(asked));
  };
  switch (asked) {
    case 't':
      return void setTimeout(answer, 5);
    case 'f':
      return readFile(import.meta.filename, answer);
    case 'i':
      return void setImmediate(answer);
    case 'n': {
      // Node says by a tick that a server listens.
      promised++;
      const server = createServer().listen(0, '127.0.0.1', () => {
        promised--;
        server.close(answer);
      });
      return;
    }
    case 'p':
      promised++;
      return void Promise.resolve().then(() => {
        promised--;
        answer();
      });
    default:
      answer();
  }
});
watch.until({ readable: true });
process.on('exit', () => process.stdout.write(`${answered}\n`));
