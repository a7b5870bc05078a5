import type { FileContent } from '../datastructures/file-content.ts'
import { SpooledContent } from './spool.ts'

/** Something that a file is written to while it arrives, and read from later. */
export interface FileTarget extends FileContent {
  write(piece: Uint8Array): void
}

/** What is known of a file before its content. */
export interface FileInfo {
  /** Size of the whole body in bytes; `undefined` if it is not known. */
  readonly totalContentLength: number | undefined
  readonly contentType: string | undefined
  readonly filename: string
  /** As the part's header says, which it seldom does: 0 then. */
  readonly contentLength: number
}

/** Makes what a file is written to. */
export type StreamFactory = (info: FileInfo) => FileTarget

/** A file in memory while small, in a temporary file from 500 kB on. */
export function defaultStreamFactory(_info: FileInfo): FileTarget {
  return new SpooledContent()
}
