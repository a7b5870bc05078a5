import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import type { Page } from './pages.ts'

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g

/** The anchor of a heading, as GitHub and VitePress make it. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/`|\*/g, '')
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}

function anchorsOf(markdown: string): Set<string> {
  const withoutCode = markdown.replace(/^( *)```[\s\S]*?^\1```/gm, '')
  return new Set([...withoutCode.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading]) => anchorOf(heading!)))
}

function problemOf(page: Page, target: string): string | undefined {
  const [path, anchor] = target.split('#') as [string, string?]
  const file = path === '' ? page.path : normalize(join(dirname(page.path), path))
  // The reference and the pictures are made when the site is built.
  if (file.startsWith('docs/api') || file.startsWith('docs/llms')) return undefined
  if (!existsSync(file)) return `${page.path} links to ${target}, and there is no ${file}`
  if (anchor === undefined || !file.endsWith('.md') || statSync(file).isDirectory()) return undefined
  if (anchorsOf(readFileSync(file, 'utf8')).has(anchor)) return undefined
  return `${page.path} links to ${target}, and ${file} has no such heading`
}

/** Links inside of the repository that lead nowhere, one line each. */
export function checkLinks(pages: readonly Page[]): string[] {
  return pages.flatMap((page) => {
    const prose = page.text.replace(/^( *)```[\s\S]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '')
    return [...prose.matchAll(LINK)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target))
      .flatMap((target) => problemOf(page, target) ?? [])
  })
}
