/** The schema of the scenarios, as `record.py` has it in Python. */
import {
  Boolean,
  Column,
  declarativeBase,
  Float,
  ForeignKey,
  Integer,
  relationship,
  String,
  Table,
} from '@flask-ts/sqlalchemy'

// biome-ignore lint/suspicious/noExplicitAny: the steps name classes and attributes as data, which no type can follow.
export type Dynamic = any

/** The models' base. */
export const base = declarativeBase()
const postTag = Table('post_tag', base.metadata, {
  post_id: Column(Integer, ForeignKey('post.id'), { primaryKey: true }),
  tag_id: Column(Integer, ForeignKey('tag.id'), { primaryKey: true }),
})

class User extends base.Model('user', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(40), { unique: true, nullable: false }),
  age: Column(Integer),
  active: Column(Boolean, { default: true, nullable: false }),
  score: Column(Float),
  posts: relationship('Post', { backPopulates: 'author', cascade: 'all, delete-orphan', orderBy: 'Post.id' }),
  profile: relationship('Profile', { backPopulates: 'user', uselist: false, cascade: 'all, delete-orphan' }),
}) {}

class Profile extends base.Model('profile', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(40), { nullable: false }),
  user_id: Column(Integer, ForeignKey('user.id'), { unique: true }),
  user: relationship('User', { backPopulates: 'profile' }),
}) {}

class Post extends base.Model('post', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(40), { nullable: false }),
  likes: Column(Integer, { default: 0 }),
  user_id: Column(Integer, ForeignKey('user.id')),
  author: relationship('User', { backPopulates: 'posts' }),
  tags: relationship('Tag', { secondary: postTag, backPopulates: 'posts', orderBy: 'Tag.id' }),
}) {}

class Tag extends base.Model('tag', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(40), { unique: true, nullable: false }),
  posts: relationship('Post', { secondary: postTag, backPopulates: 'tags', orderBy: 'Post.id' }),
}) {}

class Node extends base.Model('node', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(40), { nullable: false }),
  parent_id: Column(Integer, ForeignKey('node.id')),
  children: relationship('Node', { orderBy: 'Node.id', backPopulates: 'parent' }),
  parent: relationship('Node', { remoteSide: 'id', backPopulates: 'children' }),
}) {}

class Doc extends base.Model(
  'doc',
  {
    id: Column(Integer, { primaryKey: true }),
    name: Column(String(40), { nullable: false }),
    version: Column(Integer, { nullable: false }),
  },
  { versionIdCol: 'version' },
) {}

/** The classes by name. */
export const classes: Readonly<Record<string, Dynamic>> = { User, Profile, Post, Tag, Node, Doc }
