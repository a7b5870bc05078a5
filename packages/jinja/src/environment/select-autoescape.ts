/** Which templates are escaped. */
export interface AutoescapeSelection {
  /** File extensions of those that are; `html`, `htm` and `xml` if not given. */
  enabledExtensions?: readonly string[]
  /** File extensions of those that are not. */
  disabledExtensions?: readonly string[]
  /** Whether templates without a name are. */
  defaultForString?: boolean
  /** Whether all others are. */
  default?: boolean
}

const suffixes = (extensions: readonly string[]): string[] =>
  extensions.map((extension) => `.${extension.replace(/^\.+/, '').toLowerCase()}`)

/** A function that chooses autoescaping by the name of the template, regardless of case. */
export function selectAutoescape(selection: AutoescapeSelection = {}): (name: string | null) => boolean {
  const enabled = suffixes(selection.enabledExtensions ?? ['html', 'htm', 'xml'])
  const disabled = suffixes(selection.disabledExtensions ?? [])
  return (name) => {
    if (name === null) return selection.defaultForString ?? true
    const lower = name.toLowerCase()
    if (enabled.some((suffix) => lower.endsWith(suffix))) return true
    if (disabled.some((suffix) => lower.endsWith(suffix))) return false
    return selection.default ?? false
  }
}
