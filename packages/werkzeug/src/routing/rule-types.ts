/**
 * The type of each converter's values, by the name that rules use.
 *
 * Converters of one's own are added by declaration merging:
 *
 *     declare module '@flask-ts/werkzeug/routing' {
 *       interface Converters {
 *         list: string[]
 *       }
 *     }
 *
 * TypeScript loses members if one interface is merged under two module names. A framework that hands this on under its
 * own name therefore declares an interface that extends it, and gives it to {@link RuleParams}.
 */
export interface Converters {
  default: string
  string: string
  path: string
  int: number
  float: number
  uuid: string
}

type Trim<Text extends string> = Text extends ` ${infer Rest}`
  ? Trim<Rest>
  : Text extends `${infer Rest} `
    ? Trim<Rest>
    : Text

/** What follows the comma after a quoted word. */
type AfterComma<Text extends string> = Text extends `${string},${infer Rest}` ? Words<Rest> : never

/** The words in the arguments of `any`, as a union. */
type Words<Args extends string> =
  Trim<Args> extends `"${infer Word}"${infer Rest}`
    ? Word | AfterComma<Rest>
    : Trim<Args> extends `'${infer Word}'${infer Rest}`
      ? Word | AfterComma<Rest>
      : Args extends `${infer Word},${infer Rest}`
        ? Trim<Word> | Words<Rest>
        : Trim<Args> extends ''
          ? never
          : Trim<Args>

/** What stands between `<` and `>`, for every variable of a rule, as a union. */
type Variables<Text extends string, Found = never> = Text extends `${string}<${infer Variable}>${infer Rest}`
  ? Variables<Rest, Found | Variable>
  : Found

type NameOf<Variable> = Variable extends `${string}(${string}):${infer Name}`
  ? Name
  : Variable extends `${string}:${infer Name}`
    ? Name
    : Variable

/** The type of a converter's values: `unknown` for one that `Types` does not have. */
export type ConverterValue<Name, Types = Converters> = Name extends keyof Types ? Types[Name] : unknown

type ValueOf<Variable, Types> = Variable extends `${infer Name}(${infer Args}):${string}`
  ? Name extends 'any'
    ? Words<Args>
    : ConverterValue<Name, Types>
  : Variable extends `${infer Name}:${string}`
    ? ConverterValue<Name, Types>
    : ConverterValue<'default', Types>

/**
 * The values that a rule's variables have in a view: `{ id: number; rest: string }` for `/users/<int:id>/<path:rest>`.
 *
 * For text that is not known at compile time, any names with unknown values.
 */
export type RuleParams<Text extends string, Types = Converters> = string extends Text
  ? Record<string, unknown>
  : { [Variable in Variables<Text> as NameOf<Variable> & string]: ValueOf<Variable, Types> }
