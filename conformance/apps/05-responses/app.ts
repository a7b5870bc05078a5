/** Responses made by hand: headers, cookies, redirects, conditional answers. */
import {
  abort,
  afterThisRequest,
  Flask,
  makeResponse,
  Response,
  redirect,
  request,
  tuple,
  urlFor,
} from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })

app.route('/made', function made() {
  const response = makeResponse('<p>made</p>', 201)
  response.headers.set('X-Made', 'yes')
  response.headers.add('X-List', 'a')
  response.headers.add('X-List', 'b')
  response.headers.setdefault('X-Made', 'no')
  response.mimetype = 'text/plain'
  return response
})

app.route('/made-tuple', function madeTuple() {
  return makeResponse(tuple({ a: 1 }, 202))
})

app.route('/made-nothing', function madeNothing() {
  const response = makeResponse()
  response.status = '204 Nothing Here'
  return response
})

app.route('/typed', function typed() {
  return new Response('a{}', { mimetype: request.args.get('type', { default: 'text/css' }) })
})

app.route('/typed-full', function typedFull() {
  return new Response('x', { contentType: 'text/plain; charset=latin-1' })
})

app.route('/properties', function properties() {
  const response = makeResponse('props')
  response.contentLanguage.update(['en', 'de'])
  response.vary.add('Accept')
  response.cacheControl.public = true
  response.cacheControl.maxAge = 300
  response.expires = new Date(Date.UTC(2030, 0, 2, 3, 4, 5))
  response.lastModified = new Date(Date.UTC(2020, 4, 6, 7, 8, 9))
  response.location = '/elsewhere'
  response.contentLocation = '/here'
  response.retryAfter = 120
  response.allow.add('GET')
  return response
})

app.route('/cookie', function cookie() {
  const response = makeResponse('cookies')
  response.setCookie('plain', 'value')
  response.setCookie('all', 'x y;z', {
    maxAge: 3600,
    expires: new Date(Date.UTC(2031, 0, 1)),
    path: '/cookie',
    domain: 'localhost',
    secure: true,
    httponly: true,
    samesite: 'Strict',
    partitioned: true,
  })
  response.setCookie('delta', 'é', { maxAge: 2 * 24 * 3600, samesite: 'lax' })
  response.setCookie('root', 'quo"te', { path: null })
  return response
})

app.route('/cookie/show', function cookieShow() {
  return request.cookies.toDict()
})

app.route('/cookie/delete', function cookieDelete() {
  const response = makeResponse('gone')
  response.deleteCookie('plain')
  response.deleteCookie('all', {
    path: '/cookie',
    domain: 'localhost',
    secure: true,
    httponly: true,
    samesite: 'Strict',
  })
  return response
})

app.route('/go', function go() {
  return redirect(urlFor('made'), Number(request.args.get('code', { default: 302 })))
})

app.route('/go-default', { methods: ['GET', 'POST'] }, function goDefault() {
  return redirect('/made?x=1&y=<2>')
})

app.route('/go-away', function goAway() {
  return redirect('https://example.com/ä ö?q=ü#z')
})

app.route('/abort-redirect', function abortRedirect() {
  abort(redirect('/made', 307))
})

app.route('/etag', function etag() {
  const response = makeResponse('stable content')
  response.addEtag()
  return response.makeConditional(request)
})

app.route('/weak', function weak() {
  const response = makeResponse('weak content')
  response.setEtag('v1', true)
  response.lastModified = new Date(Date.UTC(2024, 1, 29, 12, 0, 0))
  return response.makeConditional(request)
})

app.route('/range', function ranged() {
  const response = makeResponse('0123456789')
  return response.makeConditional(request, { acceptRanges: true, completeLength: 10 })
})

app.route('/later', function later() {
  afterThisRequest(function addHeader(response) {
    response.headers.set('X-Later', response.getData({ asText: true }).toUpperCase())
    return response
  })
  return 'later'
})

app.route('/length', function length() {
  const response = makeResponse('12345')
  response.setData('123')
  return tuple(response, { 'X-Calculated': String(response.calculateContentLength()) })
})
