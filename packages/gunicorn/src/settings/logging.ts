import { flag, oneOf, optionalText, text } from './kind.ts'
import { setting } from './setting.ts'

/** Gunicorn's chapter "Logging". */
export const logging = {
  accesslog: setting({
    flags: ['--access-logfile'],
    kind: optionalText,
    default: null,
    words: 'The file for the access log; "-" for the standard output. Without it there is no access log.',
  }),
  access_log_format: setting({
    flags: ['--access-logformat'],
    kind: text,
    default: '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s"',
    words: 'How a line of the access log looks; "json" for one JSON object a line.',
    more: [
      'Atoms: `h` remote address, `l` "-", `u` user name of Basic authentication, `t` date, `r` request line, `m` method, `U` path, `q` query string, `H` protocol, `s` status, `B` length of the response in bytes, `b` the same or "-", `f` referrer, `a` user agent, `T` seconds, `M` milliseconds and `D` microseconds that it took, `L` seconds with fraction, `p` process id in angle brackets, `{name}i` a request field, `{name}o` a response field, `{name}e` a CGI variable.',
      'They are written as in Python: `%(h)s`. An atom without a value is "-".',
    ].join(' '),
  }),
  disable_redirect_access_to_syslog: setting({
    flags: ['--disable-redirect-access-to-syslog'],
    kind: flag,
    default: false,
    words: 'Keep the access log out of syslog.',
  }),
  errorlog: setting({
    flags: ['--error-logfile', '--log-file'],
    kind: text,
    default: '-',
    words: 'The file for the error log; "-" for the standard error.',
  }),
  loglevel: setting({
    flags: ['--log-level'],
    kind: oneOf('debug', 'info', 'warning', 'error', 'critical'),
    default: 'info',
    words: 'What the error log holds: debug, info, warning, error or critical and above.',
  }),
  capture_output: setting({
    flags: ['--capture-output'],
    kind: flag,
    default: false,
    words: 'Send the standard output and error of the workers to the error log.',
  }),
  syslog: setting({
    flags: ['--log-syslog'],
    kind: flag,
    default: false,
    words: 'Send the logs to syslog.',
  }),
  syslog_addr: setting({
    flags: ['--log-syslog-to'],
    kind: text,
    default: 'udp://localhost:514',
    words: 'Where syslog listens: udp://HOST:PORT, tcp://HOST:PORT or unix://PATH#stream.',
    more: 'Node has no datagram sockets on files, so a `unix://` address must be of a stream socket.',
  }),
  syslog_prefix: setting({
    flags: ['--log-syslog-prefix'],
    kind: optionalText,
    default: null,
    words: 'The program name in syslog, after "gunicorn."; without it the name of the process.',
  }),
  syslog_facility: setting({
    flags: ['--log-syslog-facility'],
    kind: text,
    default: 'user',
    words: 'The facility in syslog.',
  }),
  statsd_host: setting({
    flags: ['--statsd-host'],
    kind: optionalText,
    default: null,
    words: 'HOST:PORT of the StatsD server that gets metrics by UDP.',
  }),
  dogstatsd_tags: setting({
    flags: ['--dogstatsd-tags'],
    kind: text,
    default: '',
    words: 'Tags for every metric, in DogStatsD form: with commas between them.',
  }),
  statsd_prefix: setting({
    flags: ['--statsd-prefix'],
    kind: text,
    default: '',
    words: 'What the names of metrics begin with. A dot is added where it has none.',
  }),
  admin_bind: setting({
    flags: ['--admin-bind'],
    kind: optionalText,
    default: null,
    words: 'HOST:PORT or unix:PATH of the admin socket, with /health and /metrics.',
    more: '`/health` answers 200 while requests can be served and 503 before the first worker is ready and from the beginning of a shutdown on; `/metrics` is for Prometheus. The arbiter answers it itself, so it works while all workers are busy. Not in the original.',
  }),
} as const
