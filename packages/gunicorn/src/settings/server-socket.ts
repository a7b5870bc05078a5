import { count, textList } from './kind.ts'
import { setting } from './setting.ts'

function defaultBind(): readonly string[] {
  const { PORT } = process.env
  return PORT === undefined || PORT === '' ? ['127.0.0.1:8000'] : [`0.0.0.0:${PORT}`]
}

/** Gunicorn's chapter "Server Socket". */
export const serverSocket = {
  bind: setting({
    flags: ['-b', '--bind'],
    kind: textList,
    default: defaultBind(),
    defaultWords: '`["127.0.0.1:8000"]`, or `["0.0.0.0:$PORT"]` where the environment has `PORT`',
    words: 'Where to listen: HOST, HOST:PORT, unix:PATH, or fd://FD.',
    more: 'It may be given several times.',
  }),
  backlog: setting({
    flags: ['--backlog'],
    kind: count,
    default: 2048,
    words: 'How many connections may wait to be accepted.',
    more: 'The system may have a lower limit of its own (`net.core.somaxconn`).',
  }),
} as const
