/**
 * Throws random templates at lexer, parser and compiler: `node packages/jinja/fuzz/run.ts [COUNT] [SEED]`.
 *
 * Each input must give a template or a `TemplateSyntaxError`. The slowest ones are made longer, to see whether
 * their time grows faster than their length.
 */
import { Environment, type EnvironmentOptions, TemplateSyntaxError } from '@flask-ts/jinja'
import { mutate, Random, randomTemplate } from './templates.ts'

const environments: readonly EnvironmentOptions[] = [
  {},
  { trimBlocks: true, lstripBlocks: true },
  { lineStatementPrefix: '%', lineCommentPrefix: '##' },
  { extensions: ['do', 'loopcontrols', 'i18n'], autoescape: true },
  { enableAsync: true, newlineSequence: '\r\n' },
  { blockStartString: '<%', blockEndString: '%>', variableStartString: '<%=', variableEndString: '%>' },
]

interface Slow {
  readonly source: string
  readonly options: EnvironmentOptions
  readonly perChar: number
}

const slowest: Slow[] = []

function compileTime(environment: Environment, source: string): number {
  const begin = performance.now()
  try {
    environment.fromString(source)
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) {
      console.log(`${(error as Error).name} for ${JSON.stringify(source)}`)
      throw error
    }
  }
  return performance.now() - begin
}

function remember(entry: Slow): void {
  slowest.push(entry)
  slowest.sort((a, b) => b.perChar - a.perChar)
  slowest.length = Math.min(slowest.length, 10)
}

/** How much more time an input takes for each character when it is repeated. */
function growth({ source, options }: Slow): number {
  const environment = new Environment({ ...options, cacheSize: 0 })
  const best = (text: string): number =>
    Math.min(...Array.from({ length: 5 }, () => compileTime(environment, text))) / text.length
  const small = best(source.repeat(20))
  return best(source.repeat(200)) / small
}

function main(count: number, seed: number): void {
  const random = new Random(seed)
  const made = environments.map((options) => new Environment({ ...options, cacheSize: 0 }))
  for (let index = 0; index < count; index++) {
    const at = index % made.length
    const source = random.below(3) === 0 ? randomTemplate(random) : mutate(random, randomTemplate(random))
    const time = compileTime(made[at] as Environment, source)
    // Short inputs say more of the warming up than of the input.
    if (index > 2000 && source.length > 20) {
      remember({ source, options: environments[at] as EnvironmentOptions, perChar: time / source.length })
    }
  }
  const worst = Math.max(...slowest.map(growth))
  const [first] = slowest
  console.log(`${count} inputs, each a template or a TemplateSyntaxError (seed ${seed})`)
  console.log(`slowest: ${((first?.perChar ?? 0) * 1000).toFixed(1)} us a character`)
  console.log(
    `ten times longer, the slowest take at most ${worst.toFixed(1)} times as much for each character`,
  )
  if (worst > 4) {
    throw new Error('an input takes far more than linear time')
  }
}

main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1))
