import type { Row } from './bench.ts'

/** The rows of one bench as a Markdown table; `ratio` is that of our first target to each. */
export function table(rows: readonly Row[]): string {
  const ours = rows[0]!
  const lines = rows.map((row) => {
    const ratio = row === ours ? '' : (ours.rps / row.rps).toFixed(2)
    const memory = row.rssKb === 0 ? '' : `${(row.rssKb / 1024).toFixed(0)} MB`
    const cpu = row.cpuUs === 0 ? '' : row.cpuUs.toFixed(1)
    const p99 = row.p99Ms === 0 ? '' : row.p99Ms.toFixed(2)
    return `| ${row.target} | ${Math.round(row.rps).toLocaleString('en')} | ${p99} | ${cpu} | ${memory} | ${ratio} |`
  })
  return [
    `### ${ours.bench}`,
    '',
    `| target | per second | p99 ms | CPU µs each | memory | ${ours.target} to it |`,
    '|---|---:|---:|---:|---:|---:|',
    ...lines,
    '',
  ].join('\n')
}
