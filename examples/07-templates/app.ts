import { Flask, renderTemplate } from 'flask-ts'

export const app = new Flask(import.meta)

function hello({ name }: { name?: string }) {
  return renderTemplate('hello.html', { person: name })
}
app.route('/hello/', hello)
app.route('/hello/<name>', hello)

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })
