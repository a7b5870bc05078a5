import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ImmutableSandboxedEnvironment, SandboxedEnvironment } from '../../src/sandbox/environment.ts'
import { makeVictims, SECRET } from './victims.ts'

/** Ways out that templates have tried; each uses what {@link makeVictims} puts into the context. */
const ATTEMPTS: readonly string[] = [
  // Constructors
  "{{ ''.constructor.constructor('return process')() }}",
  "{{ [].constructor.constructor('return 1')() }}",
  "{{ {}.constructor.constructor('return 1')() }}",
  "{{ (1).constructor.constructor('return 1')() }}",
  "{{ true.constructor('x') }}{{ true.constructor.constructor('return 1')() }}",
  "{{ func.constructor('return process')() }}",
  "{{ point.constructor.constructor('return process')() }}",
  "{{ point['constructor']['constructor']('return process')() }}",
  "{{ point['const' ~ 'ructor'].prototype }}{{ point['const' ~ 'ructor'].name.length }}",
  "{{ cycler.constructor('return 1')() }}",
  "{{ range.constructor('return 1')() }}",
  "{{ ''.upper.constructor('return 1')() }}",
  "{{ {}.items.constructor('return 1')() }}",
  '{% macro m() %}{% endmacro %}{{ m.constructor("return 1")() }}',
  '{{ loop.constructor.constructor("return 1")() }}',
  '{% for x in [1] %}{{ loop.constructor.constructor("return 1")() }}{% endfor %}',
  "{{ self.constructor.constructor('return 1')() }}",
  "{{ namespace().constructor.constructor('return 1')() }}",
  "{{ joiner('x').constructor.constructor('return 1')() }}",
  "{{ missing.constructor.constructor('return 1')() }}",
  "{{ (text|escape).constructor.constructor('return 1')() }}",
  "{{ ([1]|map('string')).constructor.constructor('return 1')() }}",
  "{{ [1]|groupby(0)|first|attr('constructor')('return 1')() }}",
  // Prototypes
  '{{ {}.__proto__.polluted }}',
  "{{ dict['__proto__']['polluted'] }}{{ dict['__proto__'].constructor() }}",
  "{{ point.__proto__.constructor('x')() }}",
  "{{ point['__proto__']['shout']() }}",
  '{{ func.prototype.constructor() }}',
  '{{ Point.prototype.constructor() }}',
  "{{ {}.__defineGetter__('x', func)() }}",
  "{{ point.__lookupGetter__('secret')() }}",
  "{{ [].__proto__.push('x') }}{{ [].__proto__.map.call() }}",
  "{% do dict.update({'__proto__': {'polluted': true}}) %}{{ {}.polluted.x }}",
  "{% do dict.setdefault('__proto__', {}).update(polluted=true) %}{{ {}.polluted.x }}",
  "{% set ns = namespace() %}{% set ns.__proto__ = {'polluted': true} %}{{ {}.polluted.x }}",
  "{% set __proto__ = {'polluted': true} %}{{ {}.polluted.x }}",
  "{{ dict(__proto__={'polluted': true}) }}{{ {}.polluted.x }}",
  '{% macro m() %}{{ kwargs.polluted.x }}{% endmacro %}{{ m(__proto__={"polluted": true}) }}',
  // The methods that JavaScript gives to values
  '{{ [1].map(func) }}',
  '{{ [1].reduce(func) }}',
  "{{ 'x'.replaceAll('x', func) }}",
  "{{ ''.matchAll('x') }}",
  '{{ func.call(point) }}',
  '{{ func.apply(point) }}',
  '{{ func.bind(point)() }}',
  '{{ func.toString() }}',
  '{{ point.toString.call() }}',
  "{{ point.hasOwnProperty('secret') }}",
  '{{ point.valueOf().secret.x }}',
  '{{ map.forEach(func) }}',
  // Hidden and computed properties
  '{{ point._hidden.x }}',
  "{{ point['_hidden'].x }}",
  '{{ point.secret.x }}',
  '{{ point.shout() }}',
  '{{ getters.secret.x }}',
  "{{ getters['secret'].x }}",
  '{{ plain.secret.x }}',
  "{{ plain['secret'].x }}",
  '{{ Point.create() }}',
  // Filters as a detour
  "{{ point|attr('constructor')('x') }}",
  "{{ point|attr('secret')|upper|length + 'x' }}",
  "{{ point|attr('_hidden') + 'x' }}",
  "{{ func|attr('constructor')('return process')() }}",
  "{{ ''|attr('__class__') + 'x' }}",
  "{{ [point]|map(attribute='constructor')|first + 'x' }}",
  "{{ [point]|map(attribute='__proto__.constructor')|list }}",
  "{{ [point]|map(attribute='_hidden')|sum }}",
  "{{ [point]|map('attr', 'constructor')|map('upper')|sum }}",
  "{{ [point]|sum('_hidden') }}",
  "{{ [point]|selectattr('secret.x')|list }}",
  "{{ [point]|groupby('_hidden.x')|list }}",
  "{{ [point, point]|sort(attribute='_hidden.x') }}",
  "{{ [point, point]|min(attribute='_hidden') }}",
  "{{ [point]|join(',', attribute='_hidden.x') }}",
  // Format strings
  "{{ '{0.constructor}'.format(point) + 1 }}",
  "{{ '{0.__class__.__mro__}'.format('') }}",
  "{{ '{0._hidden.x}'.format(point) }}",
  "{{ '{0[_hidden].x}'.format(point) }}",
  "{{ '{0.secret.x}'.format(point) }}",
  "{{ '{a.constructor.name}'.format_map({'a': point}) }}",
  "{{ ('{0._hidden.x}'|escape).format(point) }}",
  "{% set f = '{0._hidden.x}'.format %}{{ f(point) }}",
  "{{ '{0._hidden.x}'|attr('format')(point) }}",
  "{{ ['{0._hidden.x}']|map('attr', 'format')|first()(point) }}",
  "{{ (['{0._hidden.x}']|map('attr', 'format')|first)(point) }}",
  "{% set m = '{0._hidden.x}'['format'] %}{{ m(point) }}",
  "{{ '%(_hidden)s'|format(point) + 1 }}",
  // What a program handed over by mistake
  "{{ FunctionItself('return process')() }}",
  "{{ AsyncFunction('return process')() }}",
  "{{ evaluate('1') }}",
  '{{ reflectGet(point, "_hidden") }}',
  '{{ objectStatic(point) }}',
  '{{ ObjectItself.getPrototypeOf(point) }}',
  '{{ marked() }}',
  // Proxies and symbols
  '{{ proxy.constructor("x") }}',
  '{{ proxy.anything.x }}',
  "{{ proxy['anything'].x }}",
  '{{ symbols[iterator].x }}',
  '{{ point[iterator].x }}',
  '{{ [][iterator].x }}',
  '{{ symbols[hidden].x }}',
  '{{ point[{"toString": func}].x }}',
  "{{ dict[['__proto__']].x }}",
  // Python's own ways
  "{{ ''.__class__.__mro__[1].__subclasses__() }}",
  '{{ func.__globals__.x }}',
  '{{ func.__code__.x }}',
  '{{ func.__self__.x }}',
  '{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}',
  '{{ self._TemplateReference__context.x }}',
  '{{ self.__init__.__globals__ }}',
  '{{ cycler.__init__.__globals__.os }}',
  // Too much
  '{{ range(100001) }}',
  '{{ range(0, 1000000000, 3)|list }}',
  "{{ 'x' * 100000000 }}",
  "{{ 100000000 * 'x' }}",
  '{{ [0] * 100000000 }}',
  '{{ (0, 1) * 100000000 }}',
  '{{ 10 ** 100000 }}',
  '{{ big ** 1000000 }}',
  "{{ 'x'.center(100000000) }}",
  "{{ 'x'.ljust(100000000) }}",
  "{{ 'x'.zfill(100000000) }}",
  "{{ '\\t\\t\\t'.expandtabs(100000000) }}",
  "{{ 'x'|center(100000000) }}",
  "{{ 'a\nb'|indent(100000000) }}",
  "{{ '%100000000d' % 1 }}",
  "{{ '%*d' % (100000000, 1) }}",
  "{{ '%.100000000f' % 1 }}",
  "{{ '%100000000d'|format(1) }}",
  "{{ '{:100000000}'.format(1) }}",
  "{{ '{:{}}'.format(1, 100000000) }}",
  '{{ [1]|batch(100000000, 0)|list }}',
  '{{ [1]|slice(100000000)|list }}',
  '{{ [1]|tojson(100000000) }}',
  "{{ ('x' * 1000000).replace('x', 'y' * 1000000) }}",
  "{{ 'x'.upper() * 1000001 }}",
]

/** Attempts that print an undefined value end in nothing; they count as refused if that is all. */
function refused(source: string, environment: SandboxedEnvironment): boolean {
  const { context, calls } = makeVictims()
  let output = ''
  try {
    output = String(environment.fromString(source).render(context))
  } catch (error) {
    assert.ok(error instanceof Error)
    assert.doesNotMatch(error.message, new RegExp(SECRET))
    assert.deepEqual(calls, [], source)
    return true
  }
  assert.deepEqual(calls, [], source)
  assert.doesNotMatch(output, new RegExp(SECRET))
  return false
}

test('there are enough attempts', () => {
  assert.ok(ATTEMPTS.length >= 60)
})

test('no attempt gets out of the sandbox', () => {
  const printed: string[] = []
  for (const source of ATTEMPTS) {
    if (!refused(source, new SandboxedEnvironment({ extensions: ['do'] }))) printed.push(source)
    refused(source, new ImmutableSandboxedEnvironment({ extensions: ['do'] }))
  }
  assert.deepEqual(printed, [])
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  assert.equal(Object.keys(Object.prototype).length, 0)
})

test('an unsafe attribute prints as nothing and throws when it is used', () => {
  const environment = new SandboxedEnvironment()
  const { context } = makeVictims()
  const render = (source: string): unknown => environment.fromString(source).render(context)
  assert.equal(render('[{{ point._hidden }}{{ point.constructor }}{{ text.__class__ }}]'), '[]')
  assert.throws(() => render('{{ point._hidden.x }}'), {
    name: 'SecurityError',
    message: "access to attribute '_hidden' of 'Point' object is unsafe.",
  })
  assert.throws(() => render('{{ evaluate("1") }}'), {
    name: 'SecurityError',
    message: /is not safely callable/,
  })
})

test('a function cannot be smuggled in as the `then` of a value', async () => {
  const environment = new SandboxedEnvironment({ enableAsync: true, extensions: ['do'] })
  const sources = [
    '{% macro m() %}{{ kwargs }}{% for k in kwargs %}{{ k }}{% endfor %}{% endmacro %}{{ m(then=marked) }}',
    '{{ dict(then=marked) }}{{ {"then": marked} }}{{ namespace(then=marked) }}',
    '{% do dict.update(then=marked) %}{{ dict }}',
    '{% do dict.setdefault("then", marked) %}{{ [dict]|list }}',
  ]
  for (const source of sources) {
    const { context, calls } = makeVictims()
    await environment
      .fromString(source)
      .renderAsync(context)
      .catch((error: unknown) => assert.ok(error instanceof TypeError))
    assert.deepEqual(calls, [], source)
  }
})
