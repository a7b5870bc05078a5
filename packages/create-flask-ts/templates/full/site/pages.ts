import { Blueprint, renderTemplate } from 'flask-ts'

export const pages = new Blueprint('pages', import.meta)

pages.get('/', function home() {
  return renderTemplate('home.html')
})

pages.get('/health', () => ({ status: 'ok' }))
