/** config(5): Options for every connection. Kernel TLS is off unless it is asked for. SSL_CONF_cmd(3). */
export function opensslConfiguration(kernelTls: boolean): string {
  return `openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = connections
[connections]
Options = ${kernelTls ? 'KTLS' : '-KTLS'}
[req]
distinguished_name = name
[name]
`;
}
