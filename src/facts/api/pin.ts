/** How a certificate that nobody vouches for is trusted: compared where it cannot be forged, then pinned. */
export const toPin = (fingerprint: string | null, url: string): string =>
  fingerprint
    ? `Compare that fingerprint on the server itself (openssl s_client -connect 127.0.0.1:${new URL(url).port || 443} </dev/null | openssl x509 -noout -fingerprint -sha256), then give --api-fingerprint ${fingerprint}.`
    : 'Give the CA of the certificate: --api-ca FILE.';
