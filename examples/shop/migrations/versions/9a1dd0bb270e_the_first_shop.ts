/**
 * The first shop
 *
 * Revision ID: 9a1dd0bb270e
 * Revises:
 * Create Date: 2026-11-23 07:44:28.074
 */
import type { Operations } from '@flask-ts/flask-migrate'
import * as sa from '@flask-ts/sqlalchemy'

export const revision = '9a1dd0bb270e'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null

export async function upgrade(op: Operations): Promise<void> {
  await op.createTable(
    'account',
    {
      id: sa.Column(sa.Integer(), { primaryKey: true, autoincrement: true }),
      email: sa.Column(sa.String(200), { nullable: false }),
      full_name: sa.Column(sa.String(120), { nullable: false }),
      password_hash: sa.Column(sa.String(200), { nullable: false }),
      role: sa.Column(sa.Enum(['customer', 'editor', 'admin'], { name: 'role' }), { nullable: false }),
    },
    [
      sa.PrimaryKeyConstraint(['id'], { name: 'pk_account' }),
      sa.UniqueConstraint(['email'], { name: 'uq_account_email' }),
    ],
  )
  await op.createTable(
    'category',
    {
      id: sa.Column(sa.Integer(), { primaryKey: true, autoincrement: true }),
      slug: sa.Column(sa.String(60), { nullable: false }),
      title: sa.Column(sa.String(80), { nullable: false }),
    },
    [
      sa.PrimaryKeyConstraint(['id'], { name: 'pk_category' }),
      sa.UniqueConstraint(['slug'], { name: 'uq_category_slug' }),
    ],
  )
  await op.createTable(
    'page',
    {
      id: sa.Column(sa.Integer(), { primaryKey: true, autoincrement: true }),
      slug: sa.Column(sa.String(60), { nullable: false }),
      title: sa.Column(sa.String(120), { nullable: false }),
      body: sa.Column(sa.Text(), { nullable: false }),
    },
    [
      sa.PrimaryKeyConstraint(['id'], { name: 'pk_page' }),
      sa.UniqueConstraint(['slug'], { name: 'uq_page_slug' }),
    ],
  )
  await op.createTable(
    'order',
    {
      id: sa.Column(sa.Integer(), { primaryKey: true, autoincrement: true }),
      full_name: sa.Column(sa.String(120), { nullable: false }),
      email: sa.Column(sa.String(200), { nullable: false }),
      address: sa.Column(sa.String(300), { nullable: false }),
      country: sa.Column(sa.CHAR(2), { nullable: false }),
      created_at: sa.Column(sa.DateTime(), { nullable: false }),
      account_id: sa.Column(sa.Integer(), { nullable: true }),
    },
    [
      sa.ForeignKeyConstraint(['account_id'], ['account.id'], { name: 'fk_order_account_id_account' }),
      sa.PrimaryKeyConstraint(['id'], { name: 'pk_order' }),
    ],
  )
  await op.createIndex('ix_order_account_id', 'order', ['account_id'])
  await op.createTable(
    'product',
    {
      id: sa.Column(sa.Integer(), { primaryKey: true, autoincrement: true }),
      slug: sa.Column(sa.String(80), { nullable: false }),
      title: sa.Column(sa.String(120), { nullable: false }),
      summary: sa.Column(sa.String(200), { nullable: false }),
      description: sa.Column(sa.Text(), { nullable: false }),
      cents: sa.Column(sa.Integer(), { nullable: false }),
      stock: sa.Column(sa.Integer(), { nullable: false }),
      picture: sa.Column(sa.String(80), { nullable: true }),
      is_published: sa.Column(sa.Boolean(), { nullable: false }),
      updated_at: sa.Column(sa.DateTime(), { nullable: false }),
      category_id: sa.Column(sa.Integer(), { nullable: false }),
    },
    [
      sa.ForeignKeyConstraint(['category_id'], ['category.id'], { name: 'fk_product_category_id_category' }),
      sa.PrimaryKeyConstraint(['id'], { name: 'pk_product' }),
      sa.UniqueConstraint(['slug'], { name: 'uq_product_slug' }),
    ],
  )
  await op.createIndex('ix_product_category_id', 'product', ['category_id'])
  await op.createTable(
    'order_line',
    {
      id: sa.Column(sa.Integer(), { primaryKey: true, autoincrement: true }),
      order_id: sa.Column(sa.Integer(), { nullable: false }),
      product_id: sa.Column(sa.Integer(), { nullable: false }),
      title: sa.Column(sa.String(120), { nullable: false }),
      cents: sa.Column(sa.Integer(), { nullable: false }),
      count: sa.Column(sa.Integer(), { nullable: false }),
    },
    [
      sa.ForeignKeyConstraint(['order_id'], ['order.id'], { name: 'fk_order_line_order_id_order' }),
      sa.ForeignKeyConstraint(['product_id'], ['product.id'], { name: 'fk_order_line_product_id_product' }),
      sa.PrimaryKeyConstraint(['id'], { name: 'pk_order_line' }),
    ],
  )
  await op.createIndex('ix_order_line_order_id', 'order_line', ['order_id'])
}

export async function downgrade(op: Operations): Promise<void> {
  await op.dropTable('order_line')
  await op.dropTable('product')
  await op.dropTable('order')
  await op.dropTable('page')
  await op.dropTable('category')
  await op.dropTable('account')
}
