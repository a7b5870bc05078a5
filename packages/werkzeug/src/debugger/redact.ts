const WORDS =
  'secret|passw(?:or)?d|passwd|pwd|token|api[-_]?key|authorization|cookie|credential|private[-_]?key|session'
const NAME = new RegExp(`(?:${WORDS})`, 'i')
const ASSIGNMENT = new RegExp(
  `((?:^|[\\s{[(,])['"]?[\\w$-]*(?:${WORDS})[\\w$-]*['"]?\\s*(?::|=>|=)\\s*)('(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"|\`(?:[^\`\\\\]|\\\\.)*\`|-?\\d[\\w.]*|<Buffer[^>]*>)`,
  'gi',
)

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]'

/** Whether something of this name is likely to be a secret. */
export function isSecretName(name: string): boolean {
  return NAME.test(name)
}

/** Hides the values behind names that sound secret, in text that shows values. */
export function redactText(text: string): string {
  return text.replace(ASSIGNMENT, (_all, name: string) => `${name}'${REDACTED}'`)
}
