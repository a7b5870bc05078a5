/** What the debugger's pages do in the browser. Everything that comes from the server is shown as text. */
export const PAGE_SCRIPT = `
const { secret, path, report } = document.body.dataset
const post = (command, body) => fetch(path + command, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Debugger-Secret': secret },
  body: JSON.stringify({ report, ...body }),
})

const dialog = document.querySelector('dialog')
const wrong = dialog.querySelector('.wrong')
let asking
const askPin = () => asking ??= new Promise((resolve) => {
  const form = dialog.querySelector('form')
  const finish = (answer) => { asking = undefined; form.onsubmit = null; dialog.onclose = null; dialog.close(); resolve(answer) }
  wrong.textContent = ''
  form.pin.value = ''
  form.onsubmit = async (event) => {
    event.preventDefault()
    const answer = await (await post('pin', { pin: form.pin.value })).json()
    if (answer.auth) return finish(true)
    wrong.textContent = answer.exhausted
      ? 'Too many wrong PINs. Restart the server to try again.'
      : 'That PIN is wrong. It stands in the terminal of the server.'
    form.pin.select()
  }
  dialog.querySelector('.cancel').onclick = () => finish(false)
  dialog.onclose = () => finish(false)
  dialog.showModal()
  post('print-pin', {})
})

const ask = async (command, body) => {
  for (;;) {
    const response = await post(command, body)
    if (response.status !== 401) return response.json()
    if (!await askPin()) return undefined
  }
}

const add = (parent, kind, pieces) => {
  const line = document.createElement('div')
  line.className = kind
  for (const [type, text] of pieces) {
    const span = document.createElement('span')
    if (type) span.className = 'v-' + type
    span.textContent = text
    line.append(span)
  }
  parent.append(line)
}

const historyKey = 'flask-ts-debugger-history'
const past = (() => { try { return JSON.parse(sessionStorage.getItem(historyKey)) ?? [] } catch { return [] } })()
const remember = (source) => {
  if (past.at(-1) !== source) past.push(source)
  if (past.length > 200) past.shift()
  try { sessionStorage.setItem(historyKey, JSON.stringify(past)) } catch {}
}

const isOpen = (source) => {
  let depth = 0
  const plain = source.replace(/'(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*"|\`(?:[^\`\\\\]|\\\\.)*\`|\\/\\/.*/g, '')
  for (const char of plain) depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0
  return depth > 0 || (plain.match(/\`/g) ?? []).length % 2 === 1
}

for (const root of document.querySelectorAll('.console')) {
  const log = root.querySelector('.log')
  const input = root.querySelector('textarea')
  const choices = root.querySelector('.choices')
  const frame = Number(root.dataset.frame)
  let at = past.length, draft = '', chosen = -1, completion

  const clear = () => { choices.replaceChildren(); choices.hidden = true; chosen = -1; completion = undefined; input.setAttribute('aria-expanded', 'false') }
  const put = (item) => {
    const end = input.selectionStart
    input.setRangeText(item, completion.from, end, 'end')
    clear()
  }
  const show = (index) => {
    chosen = (index + choices.children.length) % choices.children.length
    for (const [i, item] of [...choices.children].entries()) item.setAttribute('aria-selected', String(i === chosen))
    choices.children[chosen].scrollIntoView({ block: 'nearest' })
  }
  const finish = async () => {
    const before = input.value.slice(0, input.selectionStart)
    const answer = await ask('complete', { frame, source: before })
    if (!answer || input.value.slice(0, input.selectionStart) !== before) return
    completion = answer
    if (answer.items.length === 0) return
    if (answer.items.length === 1) return put(answer.items[0])
    const common = answer.items.reduce((a, b) => { let i = 0; while (i < a.length && a[i] === b[i]) i++; return a.slice(0, i) })
    if (common.length > before.length - answer.from) input.setRangeText(common, answer.from, input.selectionStart, 'end')
    choices.replaceChildren(...answer.items.map((item) => {
      const entry = document.createElement('li')
      entry.setAttribute('role', 'option')
      entry.textContent = item
      entry.onclick = () => { put(item); input.focus() }
      return entry
    }))
    choices.hidden = false
    input.setAttribute('aria-expanded', 'true')
    show(0)
  }
  const run = async () => {
    const source = input.value
    if (source.trim() === '') return
    input.value = ''
    clear()
    if (source.trim() === 'clear') { log.replaceChildren(); return }
    add(log, 'in', [['', source]])
    remember(source)
    at = past.length
    const answer = await ask('eval', { frame, source })
    if (!answer) add(log, 'out', [['error', 'The console is locked: it needs the PIN.']])
    else {
      for (const line of answer.output) add(log, 'out', line)
      if (answer.value.length > 0) add(log, answer.ok ? 'out' : 'out failed', answer.value)
    }
    log.scrollTop = log.scrollHeight
    input.scrollIntoView({ block: 'nearest' })
  }
  const recall = (step) => {
    if (at === past.length) draft = input.value
    at = Math.max(0, Math.min(past.length, at + step))
    input.value = at === past.length ? draft : past[at]
    input.setSelectionRange(input.value.length, input.value.length)
  }
  input.onkeydown = (event) => {
    const lines = input.value.slice(0, input.selectionStart).split('\\n').length
    const all = input.value.split('\\n').length
    const listed = !choices.hidden
    const act = (work) => { event.preventDefault(); work() }
    if (event.isComposing) return
    if (listed && event.key === 'Escape') act(clear)
    else if (listed && (event.key === 'Tab' || event.key === 'ArrowDown')) act(() => show(chosen + (event.shiftKey ? -1 : 1)))
    else if (listed && event.key === 'ArrowUp') act(() => show(chosen - 1))
    else if (listed && event.key === 'Enter') act(() => put(choices.children[chosen].textContent))
    else if (event.key === 'Tab' && !event.shiftKey && /\\S$/.test(input.value.slice(0, input.selectionStart))) act(finish)
    else if (event.key === 'Enter' && !event.shiftKey && !isOpen(input.value)) act(run)
    else if (event.key === 'ArrowUp' && lines === 1 && past.length > 0) act(() => recall(-1))
    else if (event.key === 'ArrowDown' && lines === all && at < past.length) act(() => recall(1))
    else if (event.key === 'l' && event.ctrlKey) act(() => log.replaceChildren())
    else if (event.key === 'Escape') act(() => (root.closest('details')?.querySelector('summary') ?? input).focus())
  }
  input.oninput = clear
  root.onclick = () => { if (getSelection().isCollapsed) input.focus() }
}

const summaries = () => [...document.querySelectorAll('.frame > summary, .library > summary')].filter((one) => one.checkVisibility())
document.addEventListener('keydown', (event) => {
  if (!event.target.matches?.('summary')) return
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (step) {
    const list = summaries()
    event.preventDefault()
    list[list.indexOf(event.target) + step]?.focus()
  } else if (event.key === 'c') {
    const input = event.target.parentNode.querySelector(':scope > .console textarea')
    if (input) { event.preventDefault(); event.target.parentNode.open = true; input.focus() }
  }
})

for (const button of document.querySelectorAll('button[data-copy]')) {
  button.onclick = async () => {
    const label = button.textContent
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
      button.textContent = 'Copied'
    } catch {
      const details = document.getElementById(button.dataset.copy).closest('details')
      details.open = true
      details.scrollIntoView()
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy))
    }
    setTimeout(() => { button.textContent = label }, 1500)
  }
}
`
