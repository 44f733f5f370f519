export const LANGUAGES = ['en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

/** What a word stands between that is repeated as it is. */
export const QUOTES: Record<Language, [open: string, close: string]> = {
  en: ['"', '"'],
  es: ['«', '»'],
}

/** @param locale as in `es_MX.UTF-8`; English where it is none of ours */
export function languageOf(locale: string): Language {
  const [name] = locale.toLowerCase().split(/[^a-z]/)
  return LANGUAGES.find((language) => language === name) ?? 'en'
}
