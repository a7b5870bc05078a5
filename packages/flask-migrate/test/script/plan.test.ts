import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Migration } from '../../src/script/migration-file.ts'
import { planDowngrade, planUpgrade, type Step } from '../../src/script/plan.ts'
import { RevisionMap } from '../../src/script/revision-map.ts'

function migration(revision: string, down: readonly string[], more: Partial<Migration> = {}): Migration {
  const nothing = () => undefined
  return {
    path: `${revision}.ts`,
    revision,
    downRevisions: down,
    branchLabels: [],
    dependsOn: [],
    message: revision,
    comment: revision,
    upgrade: nothing,
    downgrade: nothing,
    ...more,
  }
}

function shown(steps: readonly Step[]): string {
  return steps
    .map((step) => `${step.isUpgrade ? '+' : '-'}${step.migration.revision}[${step.heads}]`)
    .join(' ')
}

const line = new RevisionMap([migration('a1', []), migration('b2', ['a1']), migration('c3', ['b2'])])
// a - b - d - f(merge)
//   \ c(label side) - e -/
const fork = new RevisionMap([
  migration('a1', []),
  migration('b1', ['a1']),
  migration('c1', ['a1'], { branchLabels: ['side'] }),
  migration('d1', ['b1']),
  migration('e1', ['c1']),
])
const merged = new RevisionMap([...fork.ordered, migration('f1', ['d1', 'e1'])])

describe('upgrades', () => {
  it('go to the head, a revision, the beginning of one, or some steps', () => {
    assert.equal(shown(planUpgrade(line, [], 'head')), '+a1[a1] +b2[b2] +c3[c3]')
    assert.equal(shown(planUpgrade(line, ['a1'], 'b')), '+b2[b2]')
    assert.equal(shown(planUpgrade(line, [], '+2')), '+a1[a1] +b2[b2]')
    assert.equal(shown(planUpgrade(line, ['a1'], 'a1+1')), '+b2[b2]')
    assert.equal(shown(planUpgrade(line, [], 'head-1')), '+a1[a1] +b2[b2]')
    assert.equal(shown(planUpgrade(line, ['c3'], 'head')), '')
  })

  it('need to know which head is meant', () => {
    assert.throws(() => planUpgrade(fork, [], 'head'), /Multiple head revisions are present/)
    assert.equal(shown(planUpgrade(fork, [], 'heads')), '+a1[a1] +b1[b1] +c1[b1,c1] +d1[c1,d1] +e1[d1,e1]')
    assert.equal(shown(planUpgrade(fork, ['b1'], 'side@head')), '+c1[b1,c1] +e1[b1,e1]')
    assert.throws(() => planUpgrade(fork, ['a1'], '+1'), /Ambiguous walk/)
  })

  it('bring branches together', () => {
    assert.match(shown(planUpgrade(merged, ['d1', 'e1'], 'head')), /^\+f1\[f1\]$/)
  })

  it('apply first what a migration depends on', () => {
    const map = new RevisionMap([
      migration('a1', []),
      migration('x1', [], { dependsOn: ['b2'], branchLabels: ['x'] }),
      migration('b2', ['a1']),
    ])
    assert.equal(shown(planUpgrade(map, [], 'x@head')), '+a1[a1] +b2[b2] +x1[x1]')
  })

  it('name what they do not find', () => {
    assert.throws(() => planUpgrade(line, [], 'zz'), /Can't locate revision identified by 'zz'/)
    assert.throws(() => planUpgrade(line, ['gone'], 'head'), /Can't locate revision identified by 'gone'/)
    assert.throws(() => planUpgrade(line, [], '+4'), /Relative revision \+4 didn't produce 4 migrations/)
    assert.throws(() => planUpgrade(line, ['c3'], '-1'), /flask db downgrade/)
  })
})

describe('downgrades', () => {
  it('go some steps, to a revision, or to the base', () => {
    assert.equal(shown(planDowngrade(line, ['c3'], '-1')), '-c3[b2]')
    assert.equal(shown(planDowngrade(line, ['c3'], '-2')), '-c3[b2] -b2[a1]')
    assert.equal(shown(planDowngrade(line, ['c3'], 'a1')), '-c3[b2] -b2[a1]')
    assert.equal(shown(planDowngrade(line, ['c3'], 'base')), '-c3[b2] -b2[a1] -a1[]')
    assert.throws(() => planDowngrade(line, ['a1'], '-2'), /didn't produce 2 migrations/)
    assert.throws(() => planDowngrade(line, ['a1'], 'c3'), /not at 'c3' or beyond/)
  })

  it('take a merge apart, and a branch away', () => {
    assert.equal(shown(planDowngrade(merged, ['f1'], '-1')), '-f1[d1,e1]')
    assert.equal(shown(planDowngrade(fork, ['d1', 'e1'], 'side@base')), '-e1[c1,d1] -c1[d1]')
    assert.throws(() => planDowngrade(fork, ['d1', 'e1'], '-1'), /Ambiguous walk/)
  })
})

describe('the map of revisions', () => {
  it('refuses circles, doubles and gaps', () => {
    assert.throws(() => new RevisionMap([migration('a', ['b']), migration('b', ['a'])]), /Cycle is detected/)
    assert.throws(() => new RevisionMap([migration('a', []), migration('a', [])]), /present more than once/)
    assert.throws(() => new RevisionMap([migration('a', ['b'])]), /comes after 'b', which is not there/)
  })

  it('refuses beginnings that several share', () => {
    assert.throws(() => new RevisionMap([migration('ab', []), migration('ac', ['ab'])]).find('a'), /ab, ac/)
  })
})
