import { DatabaseSync } from 'node:sqlite'
import { currentApp, type Flask, g } from 'flask-ts'

export interface User {
  id: number
  username: string
  password: string
}

export interface Post {
  id: number
  author_id: number
  created: string
  title: string
  body: string
  username: string
}

declare module 'flask-ts' {
  interface AppGlobals {
    db?: DatabaseSync
    user: User | null
  }
  interface Config {
    DATABASE: string
  }
}

export function getDb(): DatabaseSync {
  g.db ??= new DatabaseSync(currentApp.config.DATABASE)
  return g.db
}

export function initDb(): void {
  getDb().exec(currentApp.openResource('schema.sql', 'r'))
}

/** Registers what the database needs on an application. */
export function initApp(app: Flask): void {
  app.teardownAppcontext(function closeDb() {
    g.db?.close()
  })
  app.cli.command(
    'init-db',
    { help: 'Clear the existing data and create new tables.' },
    function initDbCommand() {
      initDb()
      console.log('Initialized the database.')
    },
  )
}
