import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as sa from '../../src/index.ts'
import { outcome, recorded, type Scenario } from './outcome.ts'

const { Column, ForeignKey, func, Integer, relationship, String, select, text } = sa
const base = sa.declarativeBase()
const pt = sa.Table('pt', base.metadata, {
  pId: Column(Integer, ForeignKey('p.id'), { primaryKey: true }),
  tId: Column(Integer, ForeignKey('t.id'), { primaryKey: true }),
})
class P extends base.Model('p', {
  id: Column(Integer, { primaryKey: true }),
  n: Column(String(9)),
  ts: relationship<T[]>(() => T, { secondary: pt, backPopulates: 'ps', orderBy: 'T.id' }),
}) {}
class T extends base.Model('t', {
  id: Column(Integer, { primaryKey: true }),
  n: Column(String(9)),
  ps: relationship<P[]>(() => P, { secondary: pt, backPopulates: 'ts', orderBy: 'P.id' }),
}) {}
class N extends base.Model('n', {
  id: Column(Integer, { primaryKey: true }),
  n: Column(String(9)),
  pid: Column(Integer, ForeignKey('n.id')),
  kids: relationship<N[]>(() => N, { backPopulates: 'parent', orderBy: 'N.id' }),
  parent: relationship<N | null>(() => N, { backPopulates: 'kids', remoteSide: 'id' }),
}) {}
class E extends base.Model(
  'e',
  { id: Column(Integer, { primaryKey: true }), k: Column(String(9)), n: Column(String(9)) },
  { polymorphicOn: 'k', polymorphicIdentity: 'e' },
) {}
class M extends base.Inherit(
  E,
  'm',
  { id: Column(Integer, ForeignKey('e.id'), { primaryKey: true }), b: Column(Integer) },
  { polymorphicIdentity: 'm' },
) {}
class I extends base.Inherit(E, null, { s: Column(String(9)) }, { polymorphicIdentity: 'i' }) {}
class V extends base.Model(
  'v',
  {
    id: Column(Integer, { primaryKey: true }),
    x: Column(Integer, { default: 5 }),
    y: Column(Integer, { serverDefault: '7' }),
    z: Column(Integer, { onupdate: 9 }),
    ver: Column(Integer, { nullable: false }),
  },
  { versionIdCol: 'ver' },
) {}

const queries = [
  'select * from p order by 1',
  'select * from t order by 1',
  'select * from pt order by 1,2',
  'select * from n order by 1',
  'select id,k,n,s from e order by 1',
  'select * from m order by 1',
  'select * from v order by 1',
]

function seed(s: sa.Session): void {
  const [t1, t2] = [new T({ n: 't1' }), new T({ n: 't2' })]
  const root = new N({ n: 'r', kids: [new N({ n: 'a', kids: [new N({ n: 'aa' })] }), new N({ n: 'b' })] })
  s.addAll([new P({ n: 'p1', ts: [t1, t2] }), new P({ n: 'p2', ts: [t2] }), root])
  s.addAll([new E({ n: 'e' }), new M({ n: 'm', b: 1 }), new I({ n: 'i', s: 's' }), new V({ x: 1 } as never)])
}

/** The only object of a name. */
function g<O>(s: sa.Session, cls: abstract new (...args: never[]) => O, n: string): Promise<O> {
  return s
    .query(cls as never)
    .filterBy({ n } as never)
    .one() as Promise<O>
}

const scenarios: readonly Scenario[] = [
  async (s) => {
    const p = await g(s, P, 'p1')
    const t = await g(s, T, 't2')
    const l = await p.awaitableAttrs.ts
    l.splice(l.indexOf(t), 1)
  },
  async (s) => {
    s.delete(await g(s, T, 't2'))
  },
  async (s) => {
    ;(await g(s, P, 'p2')).ts = [await g(s, T, 't1')]
  },
  async (s) => {
    const p = new P({ n: 'p3' })
    p.ts.push(new T({ n: 't3' }))
    p.ts[0]!.ps.push(await g(s, P, 'p1'))
    s.add(p)
  },
  async (s) => {
    s.delete(await g(s, N, 'r'))
  },
  async (s) => {
    ;(await g(s, N, 'aa')).parent = await g(s, N, 'b')
  },
  async (s) => {
    const b = await g(s, N, 'b')
    const r = await g(s, N, 'r')
    r.parent = null
    ;(await b.awaitableAttrs.kids).push(new N({ n: 'c' }))
    ;(await (await g(s, N, 'a')).awaitableAttrs.kids)[0]!.parent = null
  },
  async (s) => (await s.query(E).orderBy(E.id)).map((x) => x.constructor.name),
  async (s) => {
    const m = await s.query(M).one()
    m.b = 5
    m.n = 'mm'
    await s.flush()
    s.delete(await s.query(I).one())
  },
  async (s) => (await s.query(E).filter(E.n.like('%m%'))).map((x) => x.n),
  async (s) => {
    s.delete(await s.query(M).one())
  },
  async (s) => {
    const v = await s.query(V).one()
    v.x = 2
    await s.flush()
    return [v.y, v.z, v.ver]
  },
  async (s) => {
    const v = new V({ x: null } as never)
    s.add(v)
    await s.flush()
    return [v.x, v.y, v.ver]
  },
  async (s) => {
    const v = await s.query(V).one()
    await (await s.connection()).execute(text('update v set ver=8'))
    v.x = 3
  },
  async (s) =>
    (await s.query(P.n, T.n).join(P.ts).orderBy(P.id, T.id).all()).map((r) => [...(r as unknown[])]),
  async (s) => (await s.query(P).filter(P.ts.any(T.n.eq('t1')))).map((p) => p.n),
  async (s) =>
    (
      await s
        .query(P)
        .filter(P.ts.contains(await g(s, T, 't2')))
        .orderBy(P.id)
    ).map((p) => p.n),
  async (s) => {
    const a = sa.aliased(N)
    return (await s.query(N.n, a.n).join(a, N.parent).orderBy(N.id).all()).map((r) => [...(r as unknown[])])
  },
  async (s) =>
    (await s.query(N.n, func.count()).selectFrom(N).groupBy(N.pid).orderBy(N.pid).all()).map((r) => [
      ...(r as unknown[]),
    ]),
  async (s) => {
    await s
      .beginNested(async () => {
        s.add(new T({ n: 'x' }))
        await s.flush()
        throw new Error('r')
      })
      .catch(() => 0)
    s.add(new T({ n: 'y' }))
  },
  async (s) => (await s.merge(new P({ id: 1, n: 'merged', ts: [] }))).n,
  async (s) => (await s.query(T).filter(T.n.between('t1', 't1z'), T.id.gt(0)).one()).n,
  async (s) => {
    s.add(new T({ id: 1, n: 'dup' }))
  },
  async (s) => (await s.get(M, 1)) === null,
  async (s) => {
    await s.bulkInsertMappings(T, [{ n: 'b1' }, { n: 'b2' }])
    return await s.query(T).count()
  },
  async (s) =>
    await s
      .query(T)
      .filter(T.n.eq('t1'))
      .update({ n: T.n.concat('!') }),
  async (s) => await s.query(N).filter(N.pid.eq(null)).delete(),
  async (s) =>
    (await s.execute(select(T.n.label('q'), sa.literal(1)).orderBy(sa.desc(T.n)).limit(1).offset(1))).all(),
  async (s) => (await s.execute(select(func.coalesce(func.max(V.z), -1)))).scalar(),
  async (s) => !!(await s.scalar(select(select(T.id).where(T.n.eq('t1')).exists()))),
]

describe('hierarchy: the same as Python', () => {
  const expected = recorded('hierarchy')
  for (const [index, scenario] of scenarios.entries()) {
    test(`scenario ${index + 1}`, async () => {
      assert.equal(await outcome(base, seed, scenario, queries), expected.get(index + 1))
    })
  }
})
