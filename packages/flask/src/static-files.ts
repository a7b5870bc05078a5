import { requireRequestContext } from './context/require.ts'
import { sendFromDirectory } from './send-file.ts'

/**
 * Answers with a static file of an application or blueprint.
 *
 * @throws NotFound (404) - if there is no such file.
 */
export function sendStaticFile(folder: string, filename: string): unknown {
  const maxAge = requireRequestContext().app.getSendFileMaxAge(filename)
  return sendFromDirectory(folder, filename, { maxAge })
}
