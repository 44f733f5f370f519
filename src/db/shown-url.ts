/** A database's URL as people may see it: without a password, nor whose it is. */
export function shownUrl(url: string): string {
  return url.replace(/\/\/.*@/s, '//…@').replace(/([?&])(user|password)=[^&]*/gi, '$1$2=…')
}
