/**
 * A key and its certificate for servers that tests run on the loopback interface, made once with
 * `openssl req -x509 -newkey ec`. It is public and of no value: nothing may ever trust it.
 */
export const SELF_SIGNED = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgaK/6g4Ow+PhlceEY
jxuRio4z2QSz/90mMVV2eCF6lIahRANCAAQu/HEm1aHARBtCjc+HRhCwmOKsQBJ3
l4ApZOm/k+RufvEQeuQ+5J8eb630UokbRjxBxaUQKufPEA1eHEku7cMF
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIB1jCCAX2gAwIBAgIUQJQ8Z93iIBYZpLFpAfi2lHM1UBIwCgYIKoZIzj0EAwIw
MjESMBAGA1UEAwwJbG9jYWxob3N0MRwwGgYDVQQKDBNhIHRlc3QsIG9mIG5vIHZh
bHVlMCAXDTI2MTEyMzEzMzIzM1oYDzIxMjYxMDMwMTMzMjMzWjAyMRIwEAYDVQQD
DAlsb2NhbGhvc3QxHDAaBgNVBAoME2EgdGVzdCwgb2Ygbm8gdmFsdWUwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAAQu/HEm1aHARBtCjc+HRhCwmOKsQBJ3l4ApZOm/
k+RufvEQeuQ+5J8eb630UokbRjxBxaUQKufPEA1eHEku7cMFo28wbTAdBgNVHQ4E
FgQU1vyQhsRnIWc5xBxcwChaQ/fKMowwHwYDVR0jBBgwFoAU1vyQhsRnIWc5xBxc
wChaQ/fKMowwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SH
BH8AAAEwCgYIKoZIzj0EAwIDRwAwRAIgCLlSf3m2f9cMb6T6FOBT/f3IrOIuJ6rb
8P3/3RFvjJwCICas1wYAvKste9G2bKGNrQOvbozACj5jyuqSDePLSHPo
-----END CERTIFICATE-----
`,
};
