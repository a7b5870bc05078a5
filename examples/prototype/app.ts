/** A prototype in one file: a guest book with its page, its form and its data. */
import { Flask, flash, redirect, renderTemplateString, request, urlFor } from 'flask-ts'

export const app = new Flask(import.meta)
app.secretKey = 'for a prototype only'

const entries: { name: string; text: string }[] = []

const PAGE = `<!doctype html>
<title>Guest book</title>
<h1>Guest book</h1>
{% for message in get_flashed_messages() %}<p><em>{{ message }}</em></p>{% endfor %}
<form method="post">
  <input name="name" placeholder="Your name" required>
  <input name="text" placeholder="What do you say?" required>
  <button>Sign</button>
</form>
{% for entry in entries|reverse %}
  <p><b>{{ entry.name }}</b>: {{ entry.text }}</p>
{% else %}
  <p>Nobody has been here yet.</p>
{% endfor %}`

app.route('/', { methods: ['GET', 'POST'] }, function guestBook() {
  if (request.method === 'GET') return renderTemplateString(PAGE, { entries })
  entries.push({ name: request.form.getItem('name'), text: request.form.getItem('text') })
  flash('Thank you!')
  return redirect(urlFor('guestBook'))
})

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })
