import { ServerStartError } from './errors.ts'

/**
 * Explains why a server could not listen, and what helps.
 *
 * @param error - What `listen` or the look-up of the host threw.
 */
export function explainListenError(error: unknown, host: string, port: number): ServerStartError {
  return new ServerStartError(explanation(error, host, port), { cause: error })
}

function explanation(error: unknown, host: string, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EADDRINUSE':
      return addressInUse(host, port)
    case 'EACCES':
      return (
        `Permission denied\nPort ${port} of ${host} may not be opened by this user. ` +
        (port > 0 && port < 1024
          ? 'Ports below 1024 belong to the system: choose a higher one, such as 5000.'
          : 'Start the server with a different port or host.')
      )
    case 'EADDRNOTAVAIL':
      return (
        `Cannot assign requested address\n'${host}' is not an address of this machine. Use 127.0.0.1 for this machine` +
        ' alone, or 0.0.0.0 for all of its addresses.'
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return (
        `Name or service not known\nThe host '${host}' cannot be resolved. Check its spelling, or use 127.0.0.1 for` +
        ' this machine alone, or 0.0.0.0 for all of its addresses.'
      )
    default:
      return `Cannot listen on ${host}:${port}: ${message}`
  }
}

function addressInUse(host: string, port: number): string {
  if (host.startsWith('unix://'))
    return `Address already in use\nAnother program listens on ${host}. Stop that program.`
  const advice =
    `Address already in use\nPort ${port} is in use by another program. Either identify and stop that program, or` +
    ' start the server with a different port.'
  if (process.platform !== 'darwin' || port !== 5000) return advice
  return `${advice}\nOn macOS, try searching for and disabling 'AirPlay Receiver' in System Settings.`
}
