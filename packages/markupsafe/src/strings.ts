export {
  codePoints,
  hasAstral,
  pointsToUnits,
  sliceText,
  textLength,
  unitsToPoints,
} from './strings/code-points.ts'
export { capitalize, casefold, isLower, isTitle, isUpper, swapCase, title } from './strings/letter-case.ts'
export { center, expandTabs, ljust, rjust, zfill } from './strings/pad.ts'
export { partition, rpartition, rsplit, split, splitlines } from './strings/split.ts'
export { isSpace, lstrip, rstrip, SPACE_CLASS, strip } from './strings/strip.ts'
