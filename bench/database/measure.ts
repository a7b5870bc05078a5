/** One contestant's part of the database bench, in a process of its own: `measure.ts NAME FILE SECONDS`. */
import { childrenOfParent, type Measured, sizes, type Tasks } from './contestant.ts'
import { contestants } from './contestants.ts'

/** Of the fastest run: what else the machine does can only make a run slower. */
async function perSecond(
  seconds: number,
  operations: number,
  task: () => unknown,
  before: () => unknown = () => undefined,
): Promise<number> {
  let spent = 0
  let fastest = Infinity
  // The first run is for warming up.
  for (let run = 0; run < 3 || spent < seconds * 1000; run++) {
    await before()
    const begin = performance.now()
    await task()
    const took = performance.now() - begin
    spent += took
    fastest = Math.min(fastest, took)
  }
  return operations / (fastest / 1000)
}

async function check(tasks: Tasks): Promise<void> {
  const found = await tasks.byKey()
  const listed = JSON.parse(await tasks.list()) as { name: string; active: unknown }[]
  const children = await tasks.eager()
  if (found !== sizes.byKey) throw new Error(`loaded ${found} of ${sizes.byKey} persons by key`)
  if (listed.length !== sizes.listed || listed[2]?.name !== 'person 2') throw new Error('the list is wrong')
  if (children !== sizes.parents * childrenOfParent) throw new Error(`loaded ${children} children`)
}

async function measure(tasks: Tasks, seconds: number): Promise<Measured> {
  const insert = await perSecond(
    seconds,
    sizes.inserted,
    () => tasks.insert(),
    () => tasks.clear(),
  )
  await check(tasks)
  return {
    insert,
    byKey: await perSecond(seconds, sizes.byKey, () => tasks.byKey()),
    list: await perSecond(seconds, 1, () => tasks.list()),
    update: await perSecond(seconds, sizes.updated, () => tasks.update()),
    eager: await perSecond(seconds, 1, () => tasks.eager()),
    rssKb: process.memoryUsage.rss() / 1024,
  }
}

const [name = '', file = '', seconds = '1'] = process.argv.slice(2)
const load = contestants[name]
if (load === undefined) throw new Error(`no contestant is called '${name}'`)
const tasks = await (await load()).open(file)
const measured = await measure(tasks, Number(seconds))
await tasks.close()
console.log(JSON.stringify(measured))
