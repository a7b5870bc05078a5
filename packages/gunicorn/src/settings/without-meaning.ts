/**
 * Settings of Python's Gunicorn that have no counterpart on Node, and why. They are accepted, so that a command line or
 * config file that came along still works; a line of the log names those that were given.
 */
export const withoutMeaning: Readonly<
  Record<string, { readonly flags: readonly string[]; readonly takesValue: boolean; readonly why: string }>
> = {
  threads: {
    flags: ['--threads'],
    takesValue: true,
    why: 'one event loop serves all connections of a worker',
  },
  worker_tmp_dir: {
    flags: ['--worker-tmp-dir'],
    takesValue: true,
    why: 'heartbeats do not pass through files',
  },
  tmp_upload_dir: { flags: [], takesValue: true, why: 'the framework chooses where uploads are kept' },
  spew: { flags: ['--spew'], takesValue: false, why: 'use the inspector of Node' },
  logger_class: { flags: ['--logger-class'], takesValue: true, why: 'logging is configured by the settings' },
  logconfig: { flags: ['--log-config'], takesValue: true, why: 'there is no logging.config' },
  logconfig_dict: { flags: [], takesValue: true, why: 'there is no logging.config' },
  logconfig_json: { flags: ['--log-config-json'], takesValue: true, why: 'there is no logging.config' },
  enable_stdio_inheritance: {
    flags: ['-R', '--enable-stdio-inheritance'],
    takesValue: false,
    why: 'standard streams are always inherited',
  },
  enable_backlog_metric: {
    flags: ['--enable-backlog-metric'],
    takesValue: false,
    why: 'Node cannot ask the system for it',
  },
  pythonpath: { flags: ['--pythonpath'], takesValue: true, why: 'modules are found by paths' },
  paste: { flags: ['--paste', '--paster'], takesValue: true, why: 'there is no PasteDeploy' },
  raw_paste_global_conf: { flags: ['--paste-global'], takesValue: true, why: 'there is no PasteDeploy' },
  permit_obsolete_folding: {
    flags: ['--permit-obsolete-folding'],
    takesValue: false,
    why: 'what can be read in two ways is always refused',
  },
  strip_header_spaces: {
    flags: ['--strip-header-spaces'],
    takesValue: false,
    why: 'what can be read in two ways is always refused',
  },
  permit_unconventional_http_method: {
    flags: ['--permit-unconventional-http-method'],
    takesValue: false,
    why: 'every token is a method',
  },
  permit_unconventional_http_version: {
    flags: ['--permit-unconventional-http-version'],
    takesValue: false,
    why: 'only HTTP/1 is understood',
  },
  casefold_http_method: {
    flags: ['--casefold-http-method'],
    takesValue: false,
    why: 'methods are case-sensitive (RFC 9110, 9.1)',
  },
  forwarder_headers: {
    flags: ['--forwarder-headers'],
    takesValue: true,
    why: 'fields with an underscore are always dropped: use root_path or X-Forwarded-Prefix',
  },
  header_map: {
    flags: ['--header-map'],
    takesValue: true,
    why: 'fields with an underscore are always dropped',
  },
  ssl_version: { flags: ['--ssl-version'], takesValue: true, why: 'TLS 1.2 and 1.3 are spoken' },
  suppress_ragged_eofs: {
    flags: ['--suppress-ragged-eofs'],
    takesValue: false,
    why: 'Node handles them',
  },
  do_handshake_on_connect: {
    flags: ['--do-handshake-on-connect'],
    takesValue: false,
    why: 'the handshake never blocks',
  },
  ssl_context: { flags: [], takesValue: true, why: 'there is no ssl module' },
  http_protocols: { flags: ['--http-protocols'], takesValue: true, why: 'use the worker class http2' },
  asgi_loop: { flags: ['--asgi-loop'], takesValue: true, why: 'there is no ASGI' },
  asgi_lifespan: { flags: ['--asgi-lifespan'], takesValue: true, why: 'there is no ASGI' },
  http_parser: { flags: ['--http-parser'], takesValue: true, why: 'use the worker class' },
  control_socket: { flags: ['--control-socket'], takesValue: true, why: 'use admin_bind' },
  control_socket_mode: { flags: ['--control-socket-mode'], takesValue: true, why: 'use admin_bind' },
  control_socket_disable: { flags: ['--no-control-socket'], takesValue: false, why: 'use admin_bind' },
}
