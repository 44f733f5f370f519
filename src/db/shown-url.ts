/** A database URL for display, without user and password. */
export function shownUrl(url: string): string {
  return url.replace(/\/\/.*@/s, '//…@').replace(/([?&])(user|password)=[^&]*/gi, '$1$2=…')
}
