import type { Contestant } from './contestant.ts'

/** Each library by its name in the tables; loaded only in the process that measures it. */
export const contestants: Readonly<Record<string, () => Promise<Contestant>>> = {
  'flask-ts': async () => (await import('./contestants/flask-ts.ts')).flaskTs,
  'flask-ts, better-sqlite3': async () => (await import('./contestants/flask-ts.ts')).onBetterSqlite,
  'node:sqlite': async () => (await import('./contestants/node-sqlite.ts')).nodeSqlite,
  'better-sqlite3': async () => (await import('./contestants/better-sqlite3.ts')).betterSqlite,
  Kysely: async () => (await import('./contestants/kysely.ts')).kysely,
  Drizzle: async () => (await import('./contestants/drizzle.ts')).drizzleOrm,
  MikroORM: async () => (await import('./contestants/mikro-orm.ts')).mikroOrm,
  TypeORM: async () => (await import('./contestants/typeorm.ts')).typeOrm,
}
