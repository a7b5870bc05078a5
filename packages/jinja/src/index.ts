export {
  type CheckTemplatesOptions,
  checkTemplates,
  type TemplateCheck,
  type TemplateProblem,
} from './check/check-templates.ts'
export { type TemplateFrame, templateFrames } from './debug/stack.ts'
export {
  type CompileTemplatesOptions,
  compileTemplates,
  templateModule,
} from './environment/compile-templates.ts'
export { Environment } from './environment/environment.ts'
export { compileExpression, type TemplateExpression } from './environment/expression.ts'
export { type ExtractOptions, extractMessages } from './environment/extract-messages.ts'
export { DEFAULT_GLOBALS } from './environment/globals.ts'
export type { EnvironmentOptions } from './environment/options.ts'
export { type AutoescapeSelection, selectAutoescape } from './environment/select-autoescape.ts'
export { type RenderContext, Template, type TemplateParts } from './environment/template.ts'
export { TemplateStream } from './environment/template-stream.ts'
export {
  ArithmeticError,
  AttributeError,
  FilterArgumentError,
  IndexError,
  KeyError,
  LookupError,
  OverflowError,
  RuntimeError,
  SecurityError,
  TemplateAssertionError,
  TemplateError,
  TemplateNotFound,
  TemplateRuntimeError,
  TemplateSyntaxError,
  TemplatesNotFound,
  UndefinedError,
  ValueError,
  ZeroDivisionError,
} from './errors.ts'
export { DebugExtension } from './extensions/debug.ts'
export { ExprStmtExtension } from './extensions/do.ts'
export { Extension, type ExtensionClass, type ExtensionHost } from './extensions/extension.ts'
export { InternationalizationExtension } from './extensions/i18n.ts'
export {
  type CommentedMessage,
  type ExtractedMessage,
  extractFromTree,
  GETTEXT_FUNCTIONS,
} from './extensions/i18n-extract.ts'
export {
  installGettextTranslations,
  installNullTranslations,
  type TranslatedEnvironment,
  type Translations,
  uninstallGettextTranslations,
} from './extensions/i18n-install.ts'
export { LoopControlExtension } from './extensions/loop-controls.ts'
export { FILTERS } from './filters/registry.ts'
export { ChoiceLoader } from './loaders/choice.ts'
export { DictLoader } from './loaders/dict.ts'
export { FileSystemLoader, type FileSystemLoaderOptions } from './loaders/file-system.ts'
export { FunctionLoader, type LoadFunction } from './loaders/function.ts'
export { BaseLoader, type PrecompiledTemplate, type TemplateSource } from './loaders/loader.ts'
export { ModuleLoader } from './loaders/module.ts'
export { PackageLoader, type PackageLoaderOptions } from './loaders/package.ts'
export { PrefixLoader } from './loaders/prefix.ts'
export {
  findReferencedTemplates,
  findUndeclaredUses,
  findUndeclaredVariables,
  type MetaHost,
} from './meta.ts'
export { NativeEnvironment } from './native/environment.ts'
export { DEFAULT_POLICIES, DEFAULT_SYNTAX, type Policies, type SyntaxOptions } from './options.ts'
export { Kwargs } from './python/call.ts'
export {
  defineFilter,
  defineFunction,
  type FilterOptions,
  passContext,
  passEnvironment,
  passEvalContext,
} from './python/signature.ts'
export { Tuple, tuple, tupleFrom } from './python/tuple.ts'
export { Context, type Variables } from './runtime/context.ts'
export { EvalContext } from './runtime/eval-context.ts'
export { Namespace } from './runtime/namespace.ts'
export { TemplateModule } from './runtime/templates.ts'
export { ImmutableSandboxedEnvironment, SandboxedEnvironment } from './sandbox/environment.ts'
export { MAX_RANGE, MAX_SIZE } from './sandbox/limits.ts'
export { allowAttributes, unsafe } from './sandbox/policy.ts'
export type * as nodes from './syntax/nodes.ts'
export { Parser } from './syntax/parser.ts'
export { TokenStream } from './syntax/token-stream.ts'
export type { Token } from './syntax/tokens.ts'
export { TESTS } from './tests/registry.ts'
export { ChainableUndefined } from './undefined/chainable.ts'
export { DebugUndefined } from './undefined/debug.ts'
export { makeLoggingUndefined, type UndefinedLogger } from './undefined/logging.ts'
export { StrictUndefined } from './undefined/strict.ts'
export { isUndefined, Undefined, type UndefinedClass } from './undefined/undefined.ts'
