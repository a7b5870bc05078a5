import { FileMultiDict } from '../datastructures/file-multi-dict.ts'
import { FileStorage } from '../datastructures/file-storage.ts'
import { MultiDict } from '../datastructures/multi-dict.ts'
import { guessType } from '../responses/mime-types.ts'
import { BuilderConflictError } from './errors.ts'

/** A file to send: its bytes, with its name and its type if they are to be told. */
export type FileInput =
  | FileStorage
  | Uint8Array
  | readonly [bytes: Uint8Array, filename: string, contentType?: string]

/** A text to send; what is no text is printed. */
export type TextInput = string | number | bigint | boolean

/** The fields and files of a form; a list stands for several values of one name. */
export type FormInput =
  | MultiDict<string>
  | Readonly<Record<string, TextInput | FileInput | readonly (TextInput | FileInput)[]>>

/** A form to send, texts and files apart. */
export interface FormContent {
  readonly form: MultiDict<string>
  readonly files: FileMultiDict
}

function isFile(value: unknown): value is FileInput {
  if (value instanceof FileStorage || value instanceof Uint8Array) return true
  return Array.isArray(value) && value[0] instanceof Uint8Array && typeof value[1] === 'string'
}

function addFile(files: FileMultiDict, name: string, file: FileInput): void {
  if (file instanceof FileStorage) {
    files.add(name, file)
    return
  }
  if (file instanceof Uint8Array) {
    files.addFile(name, file)
    return
  }
  const [bytes, filename, contentType] = file as readonly [Uint8Array, string, string?]
  const type = contentType ?? guessType(filename).type ?? 'application/octet-stream'
  files.addFile(name, bytes, { filename, contentType: type })
}

function addValue(content: FormContent, name: string, value: unknown): void {
  if (isFile(value)) addFile(content.files, name, value)
  else if (typeof value === 'object' || typeof value === 'function' || value === undefined) {
    throw new BuilderConflictError(
      `the form field '${name}' is neither text nor a file: give text, bytes, [bytes, filename] or a FileStorage`,
    )
  } else content.form.add(name, String(value))
}

/**
 * Sorts the fields of a form into texts and files.
 *
 * @throws BuilderConflictError for a value that is neither.
 */
export function readFormInput(input: FormInput): FormContent {
  const content: FormContent = { form: new MultiDict<string>(), files: new FileMultiDict() }
  const pairs = input instanceof MultiDict ? input.items({ multi: true }) : Object.entries(input)
  for (const [name, value] of pairs) {
    if (Array.isArray(value) && !isFile(value)) for (const item of value) addValue(content, name, item)
    else addValue(content, name, value)
  }
  return content
}
