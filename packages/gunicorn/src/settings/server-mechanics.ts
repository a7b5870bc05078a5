import { commaList, count, flag, oneOf, optionalText, text, textList, textTable } from './kind.ts'
import { setting } from './setting.ts'

const proxyModes = oneOf('off', 'auto', 'v1', 'v2')

/** Gunicorn's chapter "Server Mechanics". */
export const serverMechanics = {
  preload_app: setting({
    flags: ['--preload'],
    kind: flag,
    default: false,
    words: 'Start one worker, and the others only when it has loaded the application.',
    more: 'Processes of Node share no memory, so there is nothing to gain but this: a broken application ends the start before it is tried in every worker. Replacing workers on HUP always waits for the new ones.',
  }),
  sendfile: setting({
    flags: ['--no-sendfile'],
    kind: flag,
    default: true,
    constant: false,
    words: 'Accepted for compatibility: files never pass whole through memory.',
  }),
  reuse_port: setting({
    flags: ['--reuse-port'],
    kind: flag,
    default: false,
    words: 'Give each worker a listening socket of its own (SO_REUSEPORT).',
    more: 'The kernel then spreads connections by a hash of their addresses. It is off by default, because what waits in the queue of a worker that ends is lost, and because a busy worker gets as many connections as an idle one.',
  }),
  chdir: setting({
    flags: ['--chdir'],
    kind: optionalText,
    default: null,
    words: 'The folder to change to before the application is loaded.',
  }),
  daemon: setting({
    flags: ['-D', '--daemon'],
    kind: flag,
    default: false,
    words: 'Run in the background, detached from the terminal.',
  }),
  raw_env: setting({
    flags: ['-e', '--env'],
    kind: textList,
    default: [],
    words: 'NAME=VALUE to put into the environment of the application.',
  }),
  pidfile: setting({
    flags: ['-p', '--pid', '--pidfile'],
    kind: optionalText,
    default: null,
    words: 'The file for the process id.',
  }),
  user: setting({
    flags: ['-u', '--user'],
    kind: optionalText,
    default: null,
    words: 'The user, by name or number, that workers become.',
  }),
  group: setting({
    flags: ['-g', '--group'],
    kind: optionalText,
    default: null,
    words: 'The group, by name or number, that workers become.',
  }),
  umask: setting({
    flags: ['-m', '--umask'],
    kind: count,
    default: 0,
    words: 'The file mode mask of workers, and of Unix sockets; 0o22 and 022 are octal.',
  }),
  initgroups: setting({
    flags: ['--initgroups'],
    kind: flag,
    default: false,
    words: "Give workers all groups of their user, beside the setting's own.",
  }),
  secure_scheme_headers: setting({
    kind: textTable,
    default: {
      'X-FORWARDED-PROTOCOL': 'ssl',
      'X-FORWARDED-PROTO': 'https',
      'X-FORWARDED-SSL': 'on',
    },
    words: 'Fields, and their values, by which a trusted proxy says that the client speaks HTTPS.',
    more: 'Proxies that contradict each other get a 400.',
  }),
  forwarded_allow_ips: setting({
    flags: ['--forwarded-allow-ips'],
    kind: commaList,
    default: commaList.read(process.env.FORWARDED_ALLOW_IPS ?? '127.0.0.1,::1'),
    defaultWords: '`FORWARDED_ALLOW_IPS` of the environment, or `127.0.0.1,::1`',
    words: 'Addresses and networks of proxies that are trusted with secure_scheme_headers; "*" for all.',
    more: 'Unix sockets are always trusted. The address of the client is not changed: that is the task of `ProxyFix`, or of `proxy_protocol`.',
  }),
  root_path: setting({
    flags: ['--root-path'],
    kind: text,
    default: process.env.SCRIPT_NAME ?? '',
    defaultWords: '`SCRIPT_NAME` of the environment, or empty',
    words: 'Where the application is mounted, such as /shop.',
  }),
  proxy_protocol: setting({
    flags: ['--proxy-protocol'],
    kind: { ...proxyModes, placeholder: '[MODE]', read: (value) => proxyModes.read(bool(value)) },
    default: 'off',
    constant: 'auto',
    words: 'Expect the PROXY protocol at the beginning of connections: off or auto.',
    more: '`v1` and `v2` are taken as `auto`, which understands both.',
  }),
  proxy_allow_ips: setting({
    flags: ['--proxy-allow-from'],
    kind: commaList,
    default: ['127.0.0.1', '::1'],
    words: 'Who may speak the PROXY protocol: addresses and networks, or "*".',
  }),
  protocol: setting({
    flags: ['--protocol'],
    kind: oneOf('http', 'uwsgi'),
    default: 'http',
    words: 'What clients speak: http, or uwsgi for uwsgi_pass of nginx.',
  }),
  uwsgi_allow_ips: setting({
    flags: ['--uwsgi-allow-from'],
    kind: commaList,
    default: ['127.0.0.1', '::1'],
    words: 'Who may speak uwsgi: addresses and networks, or "*". Unix sockets always may.',
  }),
} as const

function bool(value: unknown): unknown {
  if (typeof value !== 'boolean') return value
  return value ? 'auto' : 'off'
}
