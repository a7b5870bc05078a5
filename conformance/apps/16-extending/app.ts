// biome-ignore-all lint/suspicious/noRedeclare: a view and its parameter may have one name, as in the original
/** Replacing parts: converters, the JSON provider, the request and response classes, the session interface. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { CallbackDict } from '@flask-ts/werkzeug/datastructures'
import { BaseConverter, type ConverterHost, ValidationError } from '@flask-ts/werkzeug/routing'
import {
  DefaultJSONProvider,
  Flask,
  g,
  jsonify,
  Request,
  Response,
  request,
  type SessionHost,
  SessionInterface,
  type SessionMixin,
  session,
  urlFor,
} from 'flask-ts'

declare module 'flask-ts' {
  interface Converters {
    list: string[]
    hex: number
    deep: string
  }
}

class ListConverter extends BaseConverter {
  override toPython(value: string) {
    return value.split('+')
  }

  override toUrl(values: unknown) {
    return (values as string[]).map((value) => super.toUrl(value)).join('+')
  }
}

class HexConverter extends BaseConverter {
  static override readonly regex = '[0-9a-f]+'
  static override readonly weight = 50
  readonly width: number

  constructor(
    map: ConverterHost,
    args: readonly unknown[] = [],
    kwargs: Readonly<Record<string, unknown>> = {},
  ) {
    super(map, args, kwargs)
    this.width = (kwargs.width as number | undefined) ?? 2
  }

  override toPython(value: string) {
    if (value.length !== this.width) throw new ValidationError('wrong width')
    return Number.parseInt(value, 16)
  }

  override toUrl(value: unknown) {
    return (value as number).toString(16).padStart(this.width, '0')
  }
}

class DeepConverter extends BaseConverter {
  static override readonly regex = '[a-z]+(?:/[a-z]+)*'
  static override readonly partIsolating = false
}

class Money {
  readonly cents: number

  constructor(cents: number) {
    this.cents = cents
  }
}

class MoneyJSON extends DefaultJSONProvider<Response> {
  override sortKeys = false
  override mimetype = 'application/json; profile=money'

  override default(value: unknown) {
    if (value instanceof Money) {
      return `${Math.floor(value.cents / 100)}.${String(value.cents % 100).padStart(2, '0')}`
    }
    return super.default(value)
  }
}

class ApiRequest extends Request {
  override maxContentLength: number | null = 200

  get token() {
    return this.headers.get('X-Token') ?? 'none'
  }

  override onJsonLoadingFailed(error: Error | undefined) {
    return { broken: error !== undefined }
  }
}

class TextResponse extends Response {
  static override readonly defaultMimetype = 'text/plain'
  static override readonly defaultStatus = 203
}

class MacSession extends CallbackDict<unknown> implements SessionMixin {
  modified = false
  accessed = false
  permanent = false

  constructor(initial?: Record<string, unknown>) {
    super(initial)
    this.onUpdate = () => {
      this.modified = true
    }
  }
}

class MacSessionInterface extends SessionInterface {
  sign(app: SessionHost, text: string) {
    return createHmac('sha256', app.secretKey!).update(text).digest('hex').slice(0, 16)
  }

  override openSession(app: SessionHost, request: Request) {
    const cookie = request.cookies.get(this.getCookieName(app)) ?? ''
    const cut = cookie.lastIndexOf('~')
    const text = cut === -1 ? '' : cookie.slice(0, cut)
    const mac = Buffer.from(cookie.slice(cut + 1))
    const expected = Buffer.from(this.sign(app, text))
    if (text === '' || mac.length !== expected.length || !timingSafeEqual(mac, expected))
      return new MacSession()
    return new MacSession(JSON.parse(Buffer.from(text, 'hex').toString()))
  }

  override saveSession(app: SessionHost, session: MacSession, response: Response) {
    if (!session.modified) return
    const text = Buffer.from(pythonJson(session)).toString('hex')
    response.setCookie(this.getCookieName(app), `${text}~${this.sign(app, text)}`, {
      path: this.getCookiePath(app),
    })
  }
}

/** As `json.dumps(session, sort_keys=True)` writes it. */
function pythonJson(session: MacSession) {
  return app.json.dumps(Object.fromEntries(session), { sortKeys: true })
}

class App extends Flask {
  override requestClass = ApiRequest
  override responseClass = TextResponse
  override jsonProviderClass = MoneyJSON
  override sessionInterface = new MacSessionInterface()
}

export const app = new App(import.meta, { rootPath: process.env.APP_ROOT })
app.secretKey = 'extended'
Object.assign(app.urlMap.converters, { list: ListConverter, hex: HexConverter, deep: DeepConverter })

app.route('/', function index() {
  return `token ${(request.getCurrentObject() as ApiRequest).token}`
})

app.route('/list/<list:names>', function names({ names }) {
  return jsonify({ names, back: urlFor('names', { names: [...names, 'é/x'] }) })
})

app.route(
  '/hex/<hex:number>',
  app.route('/hex4/<hex(width=4):number>', { endpoint: 'hex4' }, function hexadecimal({ number }) {
    return {
      number,
      two: urlFor('hexadecimal', { number: number % 256 }),
      four: urlFor('hex4', { number }),
    }
  }),
)

app.route('/hex/<text>', function notHex({ text }) {
  return `not hex: ${text}`
})

app.route('/deep/<deep:where>/end', function deep({ where }) {
  return where
})

app.route('/money', function money() {
  return { total: new Money(12345), cent: new Money(5), a: 1 }
})

app.route('/money/bad', function moneyBad() {
  return { what: new Set([1, 2]) }
})

app.route('/json', { methods: ['POST'] }, function takeJson() {
  return jsonify(request.getJson())
})

app.route('/visit', function visit() {
  session.visits = (session.get('visits', 0) as number) + 1
  return jsonify({ visits: session.visits })
})

app.route('/g', function useG() {
  g.thing = g.pop('thing', 'fresh')
  return g.thing as string
})
