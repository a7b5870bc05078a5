import type { CommandHost } from '../cli/run-command.ts'

/** What a command did. */
export interface CliResult {
  readonly exitCode: number
  /** What it wrote to the standard output and error streams, together. */
  readonly output: string
  readonly stdout: string
  readonly stderr: string
  /** What it threw. */
  readonly exception: unknown
}

type Write = typeof process.stdout.write

function catchWrites(stream: NodeJS.WriteStream, take: (text: string) => void): () => void {
  const original = stream.write
  stream.write = ((chunk: string | Uint8Array) => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    return true
  }) as Write
  return () => {
    stream.write = original
  }
}

/**
 * Runs commands of an application: `await app.testCliRunner().invoke(['create-user', 'ada'])`.
 *
 * @see https://flask.palletsprojects.com/testing/#running-commands-with-the-cli-runner
 */
export class FlaskCliRunner {
  readonly #app: CommandHost

  constructor(app: CommandHost) {
    this.#app = app
  }

  /** Runs a command line, and catches what it writes. */
  async invoke(args: readonly string[]): Promise<CliResult> {
    let [output, stdout, stderr] = ['', '', '']
    // The library for command lines is loaded only where commands are run.
    const { runCommand } = await import('../cli/run-command.ts')
    const restore = [
      catchWrites(process.stdout, (text) => {
        output += text
        stdout += text
      }),
      catchWrites(process.stderr, (text) => {
        output += text
        stderr += text
      }),
    ]
    let exitCode = 0
    let exception: unknown
    try {
      exitCode = await runCommand(this.#app, args)
    } catch (error) {
      exitCode = 1
      exception = error
    } finally {
      for (const undo of restore) undo()
    }
    return { exitCode, output, stdout, stderr, exception }
  }
}
