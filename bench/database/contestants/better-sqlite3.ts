import Database from 'better-sqlite3'
import type { Contestant } from '../contestant.ts'
import { type RawDatabase, rawTasks } from './raw-tasks.ts'

export const betterSqlite: Contestant = {
  name: 'better-sqlite3',
  open: (file) => rawTasks(new Database(file) as RawDatabase),
}
