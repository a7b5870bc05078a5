import { resolve } from 'node:path'
import {
  type FileSource,
  type SendFileOptions,
  sendFile as werkzeugSendFile,
  sendFromDirectory as werkzeugSendFromDirectory,
} from '@flask-ts/werkzeug'
import { requireRequestContext } from './context/require.ts'
import type { Response } from './wrappers/response.ts'

export type { FileSource, SendFileOptions }

function withDefaults(options: SendFileOptions): SendFileOptions {
  const { app } = requireRequestContext()
  return {
    ...options,
    maxAge: options.maxAge ?? ((path) => app.getSendFileMaxAge(path ?? null)),
    useXSendfile: options.useXSendfile ?? app.config.USE_X_SENDFILE,
    responseClass: app.responseClass,
    rootPath: app.rootPath,
  }
}

/**
 * Answers with a file, or with content as a file. Never pass it a path that the client has a say in: see
 * `sendFromDirectory`.
 *
 * @param source - A path, absolute or relative to the application's folder; bytes; or something that yields them.
 * @see https://flask.palletsprojects.com/api/#flask.send_file
 */
export function sendFile(source: FileSource, options: SendFileOptions = {}): Response {
  return werkzeugSendFile(source, requireRequestContext().request, withDefaults(options)) as Response
}

/**
 * Answers with a file out of a folder, by a path that the client may name.
 *
 * @param directory - The folder, absolute or relative to the application's.
 * @throws NotFound (404) - if there is no such file in it.
 * @see https://flask.palletsprojects.com/api/#flask.send_from_directory
 */
export function sendFromDirectory(directory: string, path: string, options: SendFileOptions = {}): Response {
  const { app, request } = requireRequestContext()
  const folder = resolve(app.rootPath, directory)
  return werkzeugSendFromDirectory(folder, path, request, withDefaults(options)) as Response
}
