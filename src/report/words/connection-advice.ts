/**
 * The advice for a server that was not reached. A proxy and an unknown certificate authority look the same from
 * outside, so both are named if they can be the cause.
 */
export function connectionAdvice(
  reason: string,
  proxy: { readonly variable: string; readonly host: string } | undefined,
  extraCertificates: string | undefined,
): string {
  const way =
    proxy === undefined
      ? "Check --server-url and the network; behind a proxy, set HTTPS_PROXY."
      : `The request went through the proxy ${proxy.host} in ${proxy.variable}: check it, or add the server to NO_PROXY.`;
  const isCertificate = /certificate|self.signed|issuer/i.test(reason);
  return isCertificate ? `${certificateAdvice(extraCertificates)} ${way}` : way;
}

function certificateAdvice(extraCertificates: string | undefined): string {
  return extraCertificates === undefined
    ? "Node does not know the authority of this certificate: set NODE_EXTRA_CA_CERTS to the PEM file of your company's CA."
    : `NODE_EXTRA_CA_CERTS names ${extraCertificates}: check that the file exists and holds the authority of this certificate.`;
}
