import { DictView } from '../python/dict.ts'
import { isDict, isText } from '../python/kinds.ts'
import { Range } from '../python/range.ts'
import { Undefined } from '../undefined/undefined.ts'

// What every object of Python has, so that a template which asks for it asks for the unsafe.
const OF_ALL =
  '__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__ __hash__ ' +
  '__init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ __reduce_ex__ __repr__ __setattr__ ' +
  '__sizeof__ __str__ __subclasshook__'
const OF_CONTAINERS =
  '__add__ __contains__ __getitem__ __iter__ __len__ __mul__ __rmul__ __reversed__ __setitem__ __delitem__ ' +
  '__getnewargs__ __mod__ __rmod__ __or__ __ror__ __ior__ __iadd__ __imul__ __class_getitem__'
const OF_OBJECTS = '__dict__ __module__ __weakref__'
const OF_FUNCTIONS =
  '__annotations__ __builtins__ __call__ __closure__ __code__ __defaults__ __func__ __get__ __globals__ ' +
  '__kwdefaults__ __name__ __qualname__ __self__ __type_params__ __wrapped__'
const OF_UNDEFINED =
  '__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __div__ __rdiv__ __truediv__ __rtruediv__ __floordiv__ ' +
  '__rfloordiv__ __mod__ __rmod__ __pos__ __neg__ __call__ __getitem__ __int__ __float__ __complex__ __pow__ ' +
  '__rpow__ __len__ __iter__ __aiter__ __bool__ __getattr__ __slots__ __module__'
// What JavaScript gives to every object.
const OF_JAVASCRIPT = '__proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__'

const namesIn = (...lists: string[]): ReadonlySet<string> => new Set(lists.join(' ').split(' '))

const COMMON = namesIn(OF_ALL, OF_JAVASCRIPT)
const CONTAINERS = namesIn(OF_CONTAINERS)
const OBJECTS = namesIn(OF_OBJECTS)
const FUNCTIONS = namesIn(OF_OBJECTS, OF_FUNCTIONS)
const UNDEFINED = namesIn(OF_UNDEFINED)

function isContainer(value: unknown): boolean {
  return Array.isArray(value) || isDict(value) || value instanceof Range || value instanceof DictView
}

/** Whether a name is one of the attributes that Python or JavaScript give to a value behind the scenes. */
export function isSpecialAttribute(value: unknown, name: string): boolean {
  if (COMMON.has(name)) return true
  if (value instanceof Undefined) return UNDEFINED.has(name)
  if (isText(value) || isContainer(value)) return CONTAINERS.has(name)
  if (typeof value === 'function') return FUNCTIONS.has(name)
  return typeof value === 'object' && value !== null && OBJECTS.has(name)
}
