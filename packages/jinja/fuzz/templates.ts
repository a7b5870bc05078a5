/** Random numbers that a seed repeats. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0, less than the limit. */
  below(limit: number): number {
    // Mulberry32, by Tommy Ettinger, in the public domain.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let value = this.#state
    value = Math.imul(value ^ (value >>> 15), value | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) % limit
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }
}

const pieces = [
  '{% if a %}',
  '{% elif b %}',
  '{% else %}',
  '{% endif %}',
  '{% for x in y %}',
  '{% for a, b in c if d recursive %}',
  '{% endfor %}',
  '{% block a %}',
  '{% block b scoped required %}',
  '{% endblock %}',
  '{% extends "x" %}',
  '{% include ["a", b] ignore missing without context %}',
  '{% import "x" as y %}',
  '{% from "x" import a as b, c %}',
  '{% macro m(a, b=1) %}',
  '{% endmacro %}',
  '{% call(x) m(1, *a, **b) %}',
  '{% endcall %}',
  '{% filter upper %}',
  '{% endfilter %}',
  '{% set x = 1 %}',
  '{% set x | upper %}',
  '{% set a.b, c = 1, 2 %}',
  '{% endset %}',
  '{% with a = 1, b = a %}',
  '{% endwith %}',
  '{% autoescape x %}',
  '{% endautoescape %}',
  '{% raw %}',
  '{% endraw %}',
  '{% do x %}',
  '{% break %}',
  '{% continue %}',
  '{% trans n=x %}',
  '{% pluralize %}',
  '{% endtrans %}',
  '{% print 1, 2 %}',
  '{# comment #}',
  '{{ x }}',
  '{{ loop.index }}',
  '{{ super() }}',
  '{{ self.a() }}',
  '{{ caller() }}',
  '{{ varargs }}',
  '{{ a if b else c }}',
  '{{ a is defined and b is not none }}',
  '{{ x|default("y", true)|upper }}',
  '{{ a[1:2:3].b }}',
  '{{ {"a": [1, (2,), {}]} }}',
  '{{ 1 + 2 * -3 ** 4 // 5 % 6 ~ "x" }}',
  '{{ a < b <= c not in d }}',
  '{{ "\\x41\\u00e9" }}',
  '% for x in y',
  '% endfor',
  '## comment',
  '<% if a %>',
  '<%= a %>',
  '<% endif %>',
] as const

const scraps = [
  ...'{}%#-+()[]<>=!.,:;|~*/\\\'"`$&@^_?0123456789abcxyz \t\n\r\u00a0\u2028\u00e9\u{1f600}\ud800\0',
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '{%-',
  '-%}',
  '{%+',
  '//',
  '**',
  '==',
  '!=',
  '<=',
  '>=',
  '0x',
  '1e',
  '1_',
  '"',
  "'",
  ' is ',
  ' in ',
  ' not ',
  ' if ',
  ' else ',
  ' and ',
  ' or ',
  'raw',
  'endraw',
  '__proto__',
  'constructor',
  '(((((',
  '[[[[[',
  'true',
  'none',
  'loop',
  'self',
  'super',
  'caller',
  'kwargs',
  'endfor',
  '\\',
  '\\x',
  '\\u12',
  '\\N{DASH}',
  '|',
  '|upper',
] as const

/** A template of parts that are each well formed, in any order. */
export function randomTemplate(random: Random): string {
  let result = ''
  const count = 1 + random.below(12)
  for (let index = 0; index < count; index++) {
    result += random.pick(pieces)
    if (random.below(3) === 0) result += random.pick([' ', '\n', 'text', '  \n\t'])
  }
  return result
}

/** A template with characters taken away, put in, doubled or moved. */
export function mutate(random: Random, source: string): string {
  let result = source
  const count = 1 + random.below(6)
  for (let index = 0; index < count; index++) {
    const begin = random.below(result.length + 1)
    const end = Math.min(result.length, begin + random.below(6))
    const between = random.pick([
      '',
      random.pick(scraps),
      random.pick(scraps).repeat(1 + random.below(30)),
      result.slice(begin, end).repeat(2),
    ])
    result = result.slice(0, begin) + between + result.slice(end)
  }
  return result
}
