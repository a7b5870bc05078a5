import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { upgrade } from '@flask-ts/flask-migrate'
import type { Flask } from 'flask-ts'
import { createApp } from '../shop/index.ts'
import { seed } from '../shop/seed/seed.ts'

/** A filled shop in memory, its uploads in a folder that is removed after the tests. */
export async function testingShop(settings: object = {}): Promise<Flask> {
  const instancePath = mkdtempSync(join(tmpdir(), 'shop-'))
  after(() => rmSync(instancePath, { recursive: true }))
  const app = createApp(
    { TESTING: true, SECRET_KEY: 'test', SQLALCHEMY_DATABASE_URI: 'sqlite:///:memory:', ...settings },
    { instancePath },
  )
  await app.withAppContext(async () => {
    await upgrade()
    await seed({ logins: true })
  })
  return app
}

type ShopClient = ReturnType<Flask['testClient']>

/** A visitor: sends forms with the token that the shop's own pages have. */
export class Visitor {
  readonly client: ShopClient

  constructor(app: Flask) {
    this.client = app.testClient()
  }

  get(path: string) {
    return this.client.get(path)
  }

  async post(path: string, data: Record<string, unknown> = {}) {
    await this.client.sessionTransaction((session) => {
      session.formToken = 'token'
    })
    return await this.client.post(path, { data: { ...data, form_token: 'token' }, followRedirects: true })
  }

  logIn(email: string, password = 'open-sesame') {
    return this.post('/account/login', { email, password })
  }
}
