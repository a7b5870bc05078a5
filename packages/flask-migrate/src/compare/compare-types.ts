import { type DialectTraits, EnumType, NullType, type TypeEngine, typeFromText } from '@flask-ts/sqlalchemy'

/** A type as both sides can be compared: what the database makes of it. */
function canonical(type: TypeEngine, traits: DialectTraits): string {
  if (type instanceof EnumType) return `ENUM ${type.values.join('|')}`
  const text = type.ddl(traits.name).toUpperCase()
  // A length that is left out is one character.
  if (text === 'CHAR') return 'CHAR(1)'
  return text
}

function isDecimal(text: string): boolean {
  return /^(?:NUMERIC|DECIMAL)/.test(text)
}

/** Whether a column's type in the model is another than in the database. */
export function typesDiffer(model: TypeEngine, found: TypeEngine, traits: DialectTraits): boolean {
  if (model instanceof NullType || found instanceof NullType) return false
  const native = model instanceof EnumType && model.native && traits.name !== 'sqlite'
  // PostgreSQL's enums are types with a name of their own.
  if (native && found instanceof EnumType && traits.name === 'postgresql')
    return model.typeName !== found.typeName || model.values.join('|') !== found.values.join('|')
  const wanted = native ? model : typeFromText(model.ddl(traits.name))
  const [left, right] = [canonical(wanted, traits), canonical(found, traits)]
  if (left === right) return false
  if (left === 'NUMERIC' && isDecimal(right)) return false
  // MariaDB's JSON is text with a check.
  if (traits.isMariaDb && left === 'JSON' && right === 'TEXT') return false
  return true
}
