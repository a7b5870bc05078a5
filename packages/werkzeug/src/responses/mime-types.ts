import {
  commonTypesByExtension,
  doubleExtensions,
  encodingsByExtension,
  typesByExtension,
} from './mime-table.ts'

/** What a file's name says of its content. */
export interface GuessedType {
  /** Media type without parameters, or `undefined` for an unknown extension. */
  readonly type: string | undefined
  /** Content coding such as `gzip`, or `undefined`. */
  readonly encoding: string | undefined
}

/**
 * Guesses media type and content coding from a file name or URL, as Python's `mimetypes.guess_type` does.
 *
 * @param name - File name, path or URL; a `data:` URL names its type itself.
 * @param options - `strict: false` also consults types in common use that are not registered.
 */
export function guessType(name: string, options: { strict?: boolean } = {}): GuessedType {
  const scheme = /^([^/:]+):(.*)$/s.exec(name)
  if (scheme?.[1]?.toLowerCase() === 'data') return dataUrlType(scheme[2]!)
  let [base, extension] = splitExtension(scheme === null ? name : scheme[2]!)
  for (let twice = doubleExtensions[extension.toLowerCase()]; twice !== undefined; ) {
    ;[base, extension] = splitExtension(base + twice)
    twice = doubleExtensions[extension.toLowerCase()]
  }
  const encoding = encodingsByExtension[extension]
  if (encoding !== undefined) extension = splitExtension(base)[1]
  extension = extension.toLowerCase()
  let type = typesByExtension[extension]
  if (type === undefined && options.strict === false) type = commonTypesByExtension[extension]
  return { type, encoding }
}

function dataUrlType(rest: string): GuessedType {
  const comma = rest.indexOf(',')
  if (comma < 0) return { type: undefined, encoding: undefined }
  const semicolon = rest.slice(0, comma).indexOf(';')
  const type = rest.slice(0, semicolon >= 0 ? semicolon : comma)
  const usable = type.includes('/') && !type.includes('=')
  return { type: usable ? type : 'text/plain', encoding: undefined }
}

/** Splits at the last dot of the last segment; leading dots belong to the name. */
function splitExtension(path: string): [base: string, extension: string] {
  const slash = path.lastIndexOf('/')
  const dot = path.lastIndexOf('.')
  let first = slash + 1
  while (first < dot && path[first] === '.') first++
  return first < dot ? [path.slice(0, dot), path.slice(dot)] : [path, '']
}
