export const REQUEST_ID = 'x-request-id'

/** What every answer says to a browser, whatever it answers. */
export const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
  // With `no-referrer` browsers send forms with the origin `null` on plain http.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  // Neither Strict-Transport-Security, since an intranet may serve plain http on purpose, on a host
  // that has https elsewhere; nor Cross-Origin-Opener-Policy and Origin-Agent-Cluster, which
  // browsers ignore on plain http, with a warning.
} as const
