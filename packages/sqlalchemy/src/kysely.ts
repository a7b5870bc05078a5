export { kyselyOn } from './kysely/kysely-on.ts'
