export {
  type LookupResult,
  MapAdapter,
  type MatchOptions,
} from './routing/adapter.ts'
export { BuildError } from './routing/build-error.ts'
export {
  BaseConverter,
  type ConverterClass,
  type ConverterHost,
  type ConverterOptions,
  ValidationError,
} from './routing/converter.ts'
export { DEFAULT_CONVERTERS } from './routing/default-converters.ts'
export { DuplicateRuleError } from './routing/duplicate-rule-error.ts'
export { RequestRedirect, WebsocketMismatch } from './routing/errors.ts'
export {
  type BindOptions,
  type BindToEnvironOptions,
  UnknownEndpointError,
  UrlMap,
  UrlMap as Map,
  type UrlMapOptions,
  UrlMapOptionsError,
} from './routing/map.ts'
export {
  ConverterLimitError,
  FloatConverter,
  IntegerConverter,
  NumberConverter,
} from './routing/number-converters.ts'
export { NumberConversionError } from './routing/python-text.ts'
export type { QueryArgs, QueryOptions } from './routing/quoting.ts'
export {
  Rule,
  RuleBoundError,
  type RuleFactory,
  type RuleHost,
  UnknownConverterError,
} from './routing/rule.ts'
export type { RouteValues } from './routing/rule-builder.ts'
export {
  EndpointPrefix,
  RuleTemplate,
  RuleTemplateError,
  Subdomain,
  Submount,
} from './routing/rule-factories.ts'
export {
  type RedirectAdapter,
  type RedirectTarget,
  type RuleOptions,
  RuleOptionsError,
} from './routing/rule-options.ts'
export { RepeatedVariableError } from './routing/rule-pattern.ts'
export { RuleSyntaxError } from './routing/rule-syntax.ts'
export type { Converters, ConverterValue, RuleParams } from './routing/rule-types.ts'
export {
  AnyConverter,
  PathConverter,
  UnicodeConverter,
  UnlistedValueError,
  UUIDConverter,
} from './routing/text-converters.ts'
export {
  type AdapterBinding,
  type AdapterHost,
  type BuildOptions,
  type BuildValues,
  UrlBuilder,
} from './routing/url-builder.ts'
