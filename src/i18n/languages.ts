export const LANGUAGES = ['en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

/** The quotation marks around a literal word. */
export const QUOTES: Record<Language, [open: string, close: string]> = {
  en: ['"', '"'],
  es: ['«', '»'],
}

/** @param locale as in `es_MX.UTF-8`; English for any other language */
export function languageOf(locale: string): Language {
  const [name] = locale.toLowerCase().split(/[^a-z]/)
  return LANGUAGES.find((language) => language === name) ?? 'en'
}
