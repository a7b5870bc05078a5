import { tryLength } from '../python/iterate.ts'
import { isText } from '../python/kinds.ts'

// What every object of Python has, so that a template which asks for it asks for the unsafe.
const OF_ALL =
  '__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__ __hash__ ' +
  '__init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ __reduce_ex__ __repr__ __setattr__ ' +
  '__sizeof__ __str__ __subclasshook__'
const OF_CONTAINERS =
  '__add__ __contains__ __getitem__ __iter__ __len__ __mul__ __rmul__ __reversed__ __setitem__ __delitem__ ' +
  '__getnewargs__ __mod__ __rmod__ __or__ __ror__ __ior__ __iadd__ __imul__ __class_getitem__'
const OF_FUNCTIONS =
  '__annotations__ __builtins__ __call__ __closure__ __code__ __defaults__ __dict__ __func__ __get__ __globals__ ' +
  '__kwdefaults__ __module__ __name__ __qualname__ __self__ __type_params__ __weakref__ __wrapped__'
// What JavaScript gives to every object.
const OF_JAVASCRIPT = '__proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__'

const COMMON: ReadonlySet<string> = new Set(`${OF_ALL} ${OF_JAVASCRIPT}`.split(' '))
const CONTAINERS: ReadonlySet<string> = new Set(OF_CONTAINERS.split(' '))
const FUNCTIONS: ReadonlySet<string> = new Set(OF_FUNCTIONS.split(' '))

/** Whether a name is one of the attributes that Python or JavaScript give to a value behind the scenes. */
export function isSpecialAttribute(value: unknown, name: string): boolean {
  if (COMMON.has(name)) return true
  if (isText(value) || tryLength(value) >= 0) return CONTAINERS.has(name)
  const isOfHost = typeof value === 'function' || (typeof value === 'object' && value !== null)
  return isOfHost && (FUNCTIONS.has(name) || CONTAINERS.has(name))
}

/** Whether a name is one of the attributes that every value of Python has, undefined ones included. */
export function isCommonAttribute(name: string): boolean {
  return COMMON.has(name)
}
