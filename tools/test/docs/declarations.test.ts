import assert from 'node:assert/strict'
import { test } from 'node:test'
import { membersOf, nameOf, namesIn, statementsOf } from '../../docs/declarations.ts'
import { readDocComment } from '../../docs/doc-comment.ts'

const FILE = `import type { B } from './b.ts';
/**
 * Says hello.
 *
 * @param name - To whom.
 */
export declare class Hello {
    #private;
    /** The words. */
    readonly text: {
        a: string;
    };
    greet(name: string): void;
}
export declare function bare(): void;
export { type C as D } from './c.ts';
`

test('a declaration file falls into statements, each with the comment above it', () => {
  const statements = statementsOf(FILE)
  assert.deepEqual(statements.map(nameOf), [undefined, 'Hello', 'bare', undefined])
  assert.match(statements[1]!.doc, /^Says hello\./)
  assert.equal(statements[2]!.doc, '')
  assert.deepEqual(namesIn(statements[3]!, 'export'), [{ name: 'C', as: 'D', from: './c.ts' }])
})

test('members keep their comments, and private ones are left out', () => {
  const members = membersOf(statementsOf(FILE)[1]!)
  assert.deepEqual(
    members.map(({ doc, text }) => [doc, text.split('\n')[0]]),
    [
      ['The words.', 'readonly text: {'],
      ['', 'greet(name: string): void;'],
    ],
  )
})

test('a doc comment falls into text and tags', () => {
  const { text, params, throws, see } = readDocComment(
    'Does it.\n\n@param a - The first.\n@throws {RangeError} If it is too large.\n@see https://example.com/',
  )
  assert.equal(text, 'Does it.')
  assert.deepEqual(params, [['a', 'The first.']])
  assert.deepEqual(throws, ['RangeError If it is too large.'])
  assert.deepEqual(see, ['https://example.com/'])
})
