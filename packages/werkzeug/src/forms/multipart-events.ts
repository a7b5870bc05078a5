import type { Headers } from '../datastructures/headers.ts'

/** What stands before the first part. */
export interface Preamble {
  readonly type: 'preamble'
  readonly data: Uint8Array
}

/** A text field begins. */
export interface Field {
  readonly type: 'field'
  /** Empty where the part does not name it. */
  readonly name: string
  readonly headers: Headers
}

/** A file begins. */
export interface File {
  readonly type: 'file'
  readonly name: string
  readonly filename: string
  readonly headers: Headers
}

/** A piece of the field's or file's content. */
export interface Data {
  readonly type: 'data'
  readonly data: Uint8Array
  /** Whether more of the same part follows. */
  readonly moreData: boolean
}

/** What stands behind the last part; the end. */
export interface Epilogue {
  readonly type: 'epilogue'
  readonly data: Uint8Array
}

/** Nothing can be told before more arrives. */
export interface NeedData {
  readonly type: 'needData'
}

/** What a multipart body is made of, in its order. */
export type MultipartEvent = Preamble | Field | File | Data | Epilogue | NeedData

/** The one `needData` event. */
export const needData: NeedData = { type: 'needData' }
