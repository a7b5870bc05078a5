import { count, oneOf, seconds, size, workerCount } from './kind.ts'
import { setting } from './setting.ts'

function defaultWorkers(): number | 'auto' {
  const { WEB_CONCURRENCY } = process.env
  return WEB_CONCURRENCY === undefined || WEB_CONCURRENCY === '' ? 1 : workerCount.read(WEB_CONCURRENCY)
}

/** Gunicorn's chapter "Worker Processes". */
export const workerProcesses = {
  workers: setting({
    flags: ['-w', '--workers'],
    kind: workerCount,
    default: defaultWorkers(),
    defaultWords: '`WEB_CONCURRENCY` of the environment, or `1`',
    words: 'How many worker processes serve requests; "auto" for one a processor.',
    more: 'A worker keeps one processor busy whatever the number of its connections, so one a processor is the right number, and not the 2-4 of Python. `auto` counts the processors that this process may use, the CPU limit of its container included.',
  }),
  worker_class: setting({
    flags: ['-k', '--worker-class'],
    kind: oneOf('native', 'http', 'http2', 'sync', 'gthread', 'gevent', 'eventlet', 'tornado', 'asgi'),
    default: 'native',
    words: 'What serves HTTP in the workers: native, http or http2.',
    more: '`native` is the engine of `@flask-ts/wsgi`; `http` is `node:http`; `http2` is `node:http2`, which with certificates also speaks HTTP/1.1 to those that prefer it. The names of the classes for Python (`sync`, `gthread`, `gevent`, `eventlet`, `tornado`, `asgi`) mean `native`: every worker here serves many connections at once.',
  }),
  worker_connections: setting({
    flags: ['--worker-connections'],
    kind: count,
    default: 0,
    words: 'The most connections that one worker holds; 0 for no limit.',
    more: 'Those beyond it are closed at once.',
  }),
  max_requests: setting({
    flags: ['--max-requests'],
    kind: count,
    default: 0,
    words: 'After how many requests a worker is replaced; 0 for never.',
    more: 'The worker goes on serving until its replacement is ready, then it ends gracefully: no request is lost.',
  }),
  max_requests_jitter: setting({
    flags: ['--max-requests-jitter'],
    kind: count,
    default: 0,
    words: 'The largest random number of requests that is added to max_requests.',
    more: 'It keeps the workers from being replaced all at the same time.',
  }),
  max_memory: setting({
    flags: ['--max-memory'],
    kind: size,
    default: 0,
    words: 'The resident memory beyond which a worker is replaced, such as 512M; 0 for no limit.',
    more: 'It is looked at every second, and the worker is replaced in the way of `max_requests`. Not in the original.',
  }),
  timeout: setting({
    flags: ['-t', '--timeout'],
    kind: seconds,
    default: 30,
    words: 'After how many seconds of silence a worker is killed and replaced; 0 for never.',
    more: 'A worker is silent when its event loop is stuck: a request that merely waits takes as long as it wants. Before the worker is killed, its JavaScript stack, the requests that it was answering and how long the loop has been stuck are written to the error log.',
  }),
  graceful_timeout: setting({
    flags: ['--graceful-timeout'],
    kind: seconds,
    default: 30,
    words: 'How many seconds a worker that is to end has for the requests that it is answering.',
  }),
  keepalive: setting({
    flags: ['--keep-alive'],
    kind: seconds,
    default: 75,
    words: 'How many seconds a connection may idle between two requests; 0 for one request a connection.',
    more: 'Behind a load balancer it must be longer than the balancer keeps its own idle connections, else the balancer now and then sends a request into a connection that is just being closed, and answers 502. The default is longer than the 60 seconds of nginx (`keepalive_timeout` of an upstream) and of the AWS Application Load Balancer. Google Cloud Load Balancing keeps connections for 600 seconds: give it 620. Azure Application Gateway and Front Door keep them for 240 and 90: give 250 and 100. The original has 2, which suits clients that connect directly.',
  }),
  header_timeout: setting({
    flags: ['--header-timeout'],
    kind: seconds,
    default: 30,
    words: 'How many seconds a client has for the head of a request; then it gets a 408.',
    more: 'Not in the original.',
  }),
  body_timeout: setting({
    flags: ['--body-timeout'],
    kind: seconds,
    default: 30,
    words: 'How many seconds may pass between two arrivals of a request body; then the client gets a 408.',
    more: 'Not in the original.',
  }),
  write_timeout: setting({
    flags: ['--write-timeout'],
    kind: seconds,
    default: 60,
    words: 'How many seconds a client may take nothing of its response before the connection is cut.',
    more: 'Not in the original.',
  }),
} as const
