/** The functions of OpenSSL that openssl.ts and openssl-handshake.ts call; nothing else does. */
import { bindOpenssl } from './load.ts';

type OfPointer = (pointer: number) => number;
type Free = (pointer: number) => void;
export const tlsMethod = bindOpenssl<() => number>('TLS_method', 'pointer', []);
export const contextNew = bindOpenssl<OfPointer>('SSL_CTX_new', 'pointer', ['pointer']);
export const contextFree = bindOpenssl<Free>('SSL_CTX_free', 'void', ['pointer']);
type Control = (context: number, command: number, value: number, pointer: number) => number;
export const control = bindOpenssl<Control>('SSL_CTX_ctrl', 'long', ['pointer', 'int', 'long', 'pointer']);
type SetText = (context: number, text: string) => number;
export const setCiphers = bindOpenssl<SetText>('SSL_CTX_set_cipher_list', 'int', ['pointer', 'string']);
export const setSuites = bindOpenssl<SetText>('SSL_CTX_set_ciphersuites', 'int', ['pointer', 'string']);
type SetSize = (context: number, size: number) => number;
export const setTickets = bindOpenssl<SetSize>('SSL_CTX_set_num_tickets', 'int', ['pointer', 'size_t']);
export const setReadBuffer = bindOpenssl<(context: number, size: number) => void>(
  'SSL_CTX_set_default_read_buffer_len',
  'void',
  ['pointer', 'size_t'],
);
type UseCertificate = (context: number, length: number, der: Uint8Array) => number;
export const useCertificate = bindOpenssl<UseCertificate>('SSL_CTX_use_certificate_ASN1', 'int', [
  'pointer',
  'int',
  'bytes',
]);
type UseKey = (kind: number, context: number, der: Uint8Array, length: number) => number;
export const useKey = bindOpenssl<UseKey>('SSL_CTX_use_PrivateKey_ASN1', 'int', ['int', 'pointer', 'bytes', 'long']);
export const sslNew = bindOpenssl<OfPointer>('SSL_new', 'pointer', ['pointer']);
export const sslFree = bindOpenssl<Free>('SSL_free', 'void', ['pointer']);
export const setDescriptor = bindOpenssl<(ssl: number, fd: number) => number>('SSL_set_fd', 'int', ['pointer', 'int']);
export const acceptTls = bindOpenssl<OfPointer>('SSL_accept', 'int', ['pointer']);
export const connectTls = bindOpenssl<OfPointer>('SSL_connect', 'int', ['pointer']);
type Move = (ssl: number, address: number, count: number) => number;
export const readTls = bindOpenssl<Move>('SSL_read', 'int', ['pointer', 'pointer', 'int']);
export const writeTls = bindOpenssl<Move>('SSL_write', 'int', ['pointer', 'pointer', 'int']);
export const getError = bindOpenssl<SetSize>('SSL_get_error', 'int', ['pointer', 'int']);
export const clearErrors = bindOpenssl<() => void>('ERR_clear_error', 'void', []);
export const nextError = bindOpenssl<() => number>('ERR_get_error', 'ulong', []);
export const reasonOf = bindOpenssl<(code: number) => string | null>('ERR_reason_error_string', 'string', ['ulong']);
export const currentCipher = bindOpenssl<OfPointer>('SSL_get_current_cipher', 'pointer', ['pointer']);
export const cipherName = bindOpenssl<(cipher: number) => string>('SSL_CIPHER_get_name', 'string', ['pointer']);
type OnKey = (context: number, callback: number) => void;
export const setKeylog = bindOpenssl<OnKey>('SSL_CTX_set_keylog_callback', 'void', ['pointer', 'pointer']);

/** Why the last call did not succeed, in OpenSSL's words; its list of errors is empty afterwards. */
export function complaint(): string {
  const code = nextError();
  const reason = code === 0 ? null : reasonOf(code);
  clearErrors();
  return reason ?? 'the connection ended, or waited for too long';
}
