/** Matching among few and many rules. */
import type { Bench } from '../harness/bench.ts'
import { httpBench } from '../harness/http-bench.ts'
import { servers } from '../harness/targets.ts'

const path = '/route-7/ada/edit'

export const benches: readonly Bench[] = [
  httpBench(
    'rules',
    { path },
    [10, 1000, 10_000].map((rules) => ({
      ...servers.flaskTs,
      name: `flask-ts, ${rules} rules`,
      env: { RULES: String(rules) },
    })),
  ),
]
