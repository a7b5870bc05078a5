/** Files: static folder, sendFile, sendFromDirectory, ranges, conditional requests. */
import { Flask, request, sendFile, sendFromDirectory } from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT, staticUrlPath: '/assets' })
app.config.SEND_FILE_MAX_AGE_DEFAULT = 3600
const STAMP = new Date(Date.UTC(2024, 2, 1, 12, 0, 0))

app.route('/reports/<path:name>', function reports({ name }) {
  return sendFromDirectory('reports', name, { asAttachment: request.args.has('download') })
})

app.route('/report', function report() {
  return sendFile('reports/q1.csv', {
    downloadName: 'Quartal 1 – Übersicht.csv',
    asAttachment: true,
    maxAge: 60,
  })
})

app.route('/plain', function plain() {
  return sendFile('reports/q1.csv', {
    mimetype: 'text/plain',
    etag: false,
    lastModified: STAMP,
    conditional: false,
  })
})

app.route('/memory', function memory() {
  return sendFile(Buffer.from('0123456789abcdef'), {
    mimetype: 'application/octet-stream',
    etag: 'mem-1',
    lastModified: STAMP,
  })
})

app.route('/memory-named', function memoryNamed() {
  return sendFile(Buffer.from('%PDF-fake'), { downloadName: 'a "b"; c.pdf', maxAge: null })
})

app.route('/memory-nameless', function memoryNameless() {
  return sendFile(Buffer.from('?'))
})

app.route('/attachment-nameless', function attachmentNameless() {
  return sendFile(Buffer.from('?'), { mimetype: 'text/plain', asAttachment: true })
})

app.route('/types/<name>', function types({ name }) {
  return sendFile(Buffer.from('x'), { downloadName: name, etag: 't', lastModified: STAMP })
})

app.route('/dynamic-age', function dynamicAge() {
  return sendFile('reports/q1.csv', { maxAge: (path) => (path?.endsWith('.csv') ? 7 : 8) })
})

app.route('/missing', function missing() {
  return sendFile('reports/none.csv')
})

app.route('/open', function openOwn() {
  return app.openResource('reports/q1.csv', 'r').split(/(?<=\n)/)[0]!
})
