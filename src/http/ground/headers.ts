export const REQUEST_ID = 'x-request-id'

/** Security headers of every response. */
export const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
  // With `no-referrer`, browsers send forms over plain HTTP with the origin `null`.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  // No Strict-Transport-Security, since an intranet may serve plain HTTP on purpose, on a host that
  // has HTTPS elsewhere; no Cross-Origin-Opener-Policy or Origin-Agent-Cluster, which browsers
  // ignore on plain HTTP, with a warning.
} as const
