import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as sa from '../../src/index.ts'
import { onEveryDatabase } from '../support/databases.ts'

await onEveryDatabase('tables that refer to each other', (database) => {
  const base = sa.declarativeBase()
  class Team extends base.Model('team', {
    id: sa.Column(sa.Integer, { primaryKey: true }),
    captainId: sa.Column(sa.Integer, sa.ForeignKey('player.id', { name: 'fk_captain' })),
    captain: sa.relationship<Player>(() => Player, { postUpdate: true, foreignKeys: 'Team.captainId' }),
    players: sa.relationship<Player[]>(() => Player, {
      backPopulates: 'team',
      foreignKeys: () => Player.teamId,
    }),
  }) {}
  class Player extends base.Model('player', {
    id: sa.Column(sa.Integer, { primaryKey: true }),
    label: sa.Column(sa.String(10)),
    teamId: sa.Column(sa.Integer, sa.ForeignKey('team.id', { name: 'fk_team' })),
    team: sa.relationship<Team | null>(() => Team, {
      backPopulates: 'players',
      foreignKeys: 'Player.teamId',
    }),
  }) {}
  const engine = database.engine()
  const session = new sa.Session({ bind: engine })
  after(() => session.close())

  test('postUpdate writes both references, tables are created and dropped', async () => {
    await base.metadata.createAll(engine)
    const team = new Team()
    const player = new Player({ label: 'x' })
    team.players.push(player)
    team.captain = player
    session.add(team)
    await session.commit()
    assert.deepEqual([team.captainId, player.teamId], [1, 1])
    session.delete(team)
    await session.commit()
    assert.equal((await session.query(Player).first())?.teamId, null)
  })

  test('an INSERT can update the row that is there already', async () => {
    const given = sa.insert(Player).values({ id: 1, label: 'new' })
    const label = sa.excluded('label')
    const mysql = database.name === 'mysql'
    await session.execute(
      mysql
        ? given.onDuplicateKeyUpdate({ label })
        : given.onConflictDoUpdate({ indexElements: ['id'], set: { label } }),
    )
    assert.equal(await session.scalar(sa.select(Player.label)), 'new')
  })

  test('a recursive query, windows, casts and CASE', async () => {
    const numbers = sa.select(sa.literal(1).label('n')).cte('numbers', (self) => {
      const n = self.c.n as sa.ColumnElement<number>
      return sa.unionAll(sa.select(sa.literal(1).label('n')), sa.select(n.add(1)).where(n.lt(5)))
    })
    assert.equal(Number(await session.scalar(sa.select(sa.func.sum(numbers.c.n as sa.ColumnElement)))), 15)
    const year = sa.extract('year', sa.literal(new globalThis.Date(0)))
    const half = sa.case_([[Player.id.eq(1), 1.5]], { else: 2 })
    const row = sa.func.rowNumber().over({ orderBy: Player.id })
    const result = await session.execute(
      sa.select(sa.cast('5', sa.Integer), year, sa.literal(true), half, row).selectFrom(Player),
    )
    assert.deepEqual([...result.one()], [5, 1970, true, 1.5, 1])
    await session.close()
    await base.metadata.dropAll(engine)
  })
})
