import { DatabaseSync } from 'node:sqlite'
import type { Contestant } from '../contestant.ts'
import { rawTasks } from './raw-tasks.ts'

export const nodeSqlite: Contestant = {
  name: 'node:sqlite',
  open: (file) => rawTasks(new DatabaseSync(file)),
}
