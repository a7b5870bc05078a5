const form = document.querySelector('form')
const list = document.querySelector('ul')

async function call(method, path, body) {
  const response = await fetch(`/api${path}`, {
    method,
    headers: body && { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  return response.json()
}

async function show() {
  const tasks = await call('GET', '/tasks')
  list.replaceChildren(
    ...tasks.map((task) => {
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: task.done })
      box.onchange = () => call('PATCH', `/tasks/${task.id}`, { done: box.checked })
      const item = document.createElement('li')
      item.append(box, ' ', task.title)
      return item
    }),
  )
}

form.onsubmit = async (event) => {
  event.preventDefault()
  await call('POST', '/tasks', { title: new FormData(form).get('title') })
  form.reset()
  await show()
}

show()
