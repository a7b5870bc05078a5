import { RevisionError } from '../errors.ts'
import type { Migration } from './migration-file.ts'
import type { RevisionMap } from './revision-map.ts'

const several =
  "specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads"

function singleHead(heads: readonly Migration[], text: string): Migration[] {
  if (heads.length > 1) {
    const ids = heads.map((head) => head.revision).join(', ')
    throw new RevisionError(
      `Multiple head revisions are present for given argument '${text}' (${ids}); please ${several}.`,
    )
  }
  return [...heads]
}

/**
 * The migrations that an absolute name stands for: an identifier or its beginning, `head`, `heads`, `base` (none),
 * `label@head`.
 */
export function resolveRevisions(map: RevisionMap, text: string): Migration[] {
  if (text === 'base') return []
  if (text === 'heads') return [...map.heads]
  if (text === 'head') return singleHead(map.heads, text)
  const at = /^(?<label>[^@]+)@(?<rest>.+)$/.exec(text)?.groups
  if (!at?.label || !at.rest) return [map.find(text)]
  const branch = map.branch(at.label)
  if (at.rest === 'base') return []
  if (at.rest === 'head' || at.rest === 'heads') {
    const heads = map.heads.filter((head) => branch.has(head.revision))
    return at.rest === 'heads' ? heads : singleHead(heads, text)
  }
  const found = map.find(at.rest)
  if (!branch.has(found.revision))
    throw new RevisionError(`Revision ${found.revision} is not a member of branch '${at.label}'.`)
  return [found]
}
