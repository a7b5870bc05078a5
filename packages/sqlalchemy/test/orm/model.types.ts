import {
  Boolean,
  Column,
  DateTime,
  declarativeBase,
  ForeignKey,
  func,
  Integer,
  many,
  one,
  relationship,
  type Session,
  String,
  select,
  selectinload,
  Text,
} from '../../src/index.ts'

type IsAny<T> = 0 extends 1 & T ? true : false
type Same<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false

const base = declarativeBase()

export class User extends base.Model('user', {
  id: Column(Integer, { primaryKey: true }),
  username: Column(String(80), { unique: true, nullable: false }),
  name: Column(String(80)),
  email: Column(Text),
  active: Column(Boolean, { nullable: false, default: true }),
  born: Column(DateTime, { nullable: false }),
  posts: relationship<Post[]>('Post', { backPopulates: 'author' }),
  others: () => many(Post),
  boss: () => one(User),
}) {
  greet() {
    return `hi ${this.username}`
  }
}

export class Post extends base.Model('post', {
  id: Column(Integer, { primaryKey: true }),
  title: Column(Text, { nullable: false }),
  authorId: Column(Integer, ForeignKey('user.id'), { nullable: false }),
  author: relationship<User>(() => User),
}) {
  loud() {
    return this.title + this.author.greet()
  }
}

/** Compiled, never run: what must and what must not pass. */
export async function cases(session: Session): Promise<unknown> {
  const user = new User({ username: 'x', born: new Date() })
  const same: [
    Same<typeof user.id, number>,
    Same<typeof user.username, string>,
    Same<typeof user.email, string | null>,
    Same<typeof user.born, Date>,
    Same<typeof user.posts, Post[]>,
    Same<typeof user.others, Post[]>,
    IsAny<typeof user.others>,
    IsAny<typeof user.boss>,
  ] = [true, true, true, true, true, true, false, false]
  new Post({ title: 'a foreign key may come from the relationship', author: user })
  // @ts-expect-error username and born are required
  new User({ email: 'x' })
  // @ts-expect-error wrong type
  new User({ username: 1, born: new Date() })
  // @ts-expect-error unknown attribute
  new User({ username: 'x', born: new Date(), nope: 1 })
  // @ts-expect-error unknown key
  session.query(User).filterBy({ nope: 1 })
  // @ts-expect-error wrong value
  session.query(User).filterBy({ username: 1 })
  // @ts-expect-error a method is no attribute
  session.query(User).filterBy({ greet: () => '' })
  // @ts-expect-error wrong value type
  User.username.eq(5)
  // @ts-expect-error not nullable
  User.username.eq(null)
  // @ts-expect-error Function.name: the column is User.c.name
  User.name.eq('x')
  User.c.name.eq('x')
  User.email.eq(null)
  User.id.in([1, 2])
  // @ts-expect-error wrong element
  User.id.in(['1'])
  // @ts-expect-error a column is no relationship
  selectinload(Post.title)
  selectinload(Post.author)
  const [found] = await session
    .query(User)
    .filterBy({ username: 'x' })
    .orderBy(User.username.desc(), 'id')
    .all()
  const greeting: string | undefined = found?.greet()
  const post = await session.get(Post, 1)
  const loud: string | undefined = post?.loud()
  // @ts-expect-error may be null
  post.loud()
  const loaded: Post[] = await user.awaitableAttrs.posts
  const rows = await session.execute(select(User.username, func.count(Post.id), Post).join(Post.author))
  for (const [username, count, related] of rows) {
    const typed: [string, number, Post] = [username, count, related]
    // @ts-expect-error a text is no number
    const wrong: number = username
    same.push(typed as never, wrong as never)
  }
  const scalar: User = (await session.execute(select(User))).scalars().one()
  const through: string | undefined = user.posts[0]?.author.others[0]?.loud()
  // @ts-expect-error unknown attribute through two relationships
  user.posts[0]?.author.nope
  return [same, greeting, loud, loaded, scalar, through]
}
