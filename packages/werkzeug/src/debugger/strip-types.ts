import * as nodeModule from 'node:module'

/**
 * Blanks the types in TypeScript: lines and columns stay.
 *
 * @returns The text as it is where the runtime cannot do it, or the text is not to be understood.
 */
export function stripTypes(source: string): string {
  // Not there in Bun, so it must not be imported by name.
  const { stripTypeScriptTypes } = nodeModule
  if (stripTypeScriptTypes === undefined) return source
  const { emitWarning } = process
  // Node warns that the function is experimental, which is of no interest to whoever debugs.
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(source)
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_') === true)
      return source
    throw error
  } finally {
    process.emitWarning = emitWarning
  }
}
