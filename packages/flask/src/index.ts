/**
 * Flask in TypeScript: the names that an application imports.
 * @module
 */

export { JsonDepthError, JsonTypeError } from '@flask-ts/itsdangerous'
export { Markup } from '@flask-ts/markupsafe'
export { afterThisRequest, copyCurrentRequestContext } from './api/context.ts'
export { json, jsonify } from './api/json.ts'
export { makeResponse } from './api/make-response.ts'
export { streamWithContext } from './api/stream.ts'
export {
  getTemplateAttribute,
  renderTemplate,
  renderTemplateString,
  streamTemplate,
  streamTemplateString,
  type TemplateChoice,
} from './api/templates.ts'
export { abort, redirect, urlFor } from './api/urls.ts'
export { type AppTypes, Flask } from './app/app.ts'
export type { FlaskOptions } from './app/base-app.ts'
export type { RunOptions } from './app/run.ts'
export type { UrlBuildErrorHandler, UrlForArguments, UrlForExtras } from './app/url-for.ts'
export { Blueprint, type BlueprintConstructorOptions, type DeferredSetup } from './blueprints/blueprint.ts'
export { type BlueprintOptions, BlueprintSetupState } from './blueprints/setup-state.ts'
export { CommandFailure } from './cli/errors.ts'
export { CommandGroup, type CommandOptions, CommandSpec, type ParameterOptions } from './cli/group.ts'
export { Config, type FromFileOptions, type NamespaceOptions } from './config/config.ts'
export { DEFAULT_CONFIG, type DefaultConfig } from './config/defaults.ts'
export { AppContext } from './context/app-context.ts'
export { AppContextGlobals, type AppGlobals, MissingGlobalError } from './context/app-globals.ts'
export { hasAppContext, hasRequestContext } from './context/require.ts'
export {
  ConfigError,
  DuplicateBlueprintError,
  DuplicateEndpointError,
  InvalidResponseError,
  LateSetupError,
  MissingViewError,
  NoServerNameError,
  NoStaticFolderError,
  OutsideContextError,
  SetupValueError,
  TeardownErrors,
  TemplateContextError,
  UrlForValueError,
} from './errors.ts'
export { type FlashedMessagesOptions, flash, getFlashedMessages } from './flash.ts'
export { currentApp, currentAppContext, g, request, session } from './globals.ts'
export type { JsonValue } from './json/json-value.ts'
export { DefaultJSONProvider, JSONProvider } from './json/provider.ts'
export { JSONTag, type TagHost } from './json/tag.ts'
export { type JSONTagClass, TaggedJSONSerializer } from './json/tagged-serializer.ts'
export { UUID } from './json/uuid.ts'
export type { Logger } from './logging.ts'
export type { Converters } from './routing/converters.ts'
export { FlaskRule, type FlaskRuleOptions } from './routing/flask-rule.ts'
export type { RouteOptions, ShortcutOptions } from './scaffold/route-options.ts'
export type { ImportSource, ScaffoldOptions } from './scaffold/scaffold.ts'
export type { SetupTarget } from './scaffold/setup-target.ts'
export { type FileSource, type SendFileOptions, sendFile, sendFromDirectory } from './send-file.ts'
export { type SessionHost, SessionInterface } from './sessions/interface.ts'
export { NoSessionError } from './sessions/null-session.ts'
export { type RedisClient, RedisSessionInterface, type RedisSessionOptions } from './sessions/redis.ts'
export { SecureCookieSessionInterface } from './sessions/secure-cookie.ts'
export { SecureCookieSession } from './sessions/secure-cookie-session.ts'
export { ServerSession } from './sessions/server-session.ts'
export type { SessionData, SessionMixin } from './sessions/session.ts'
export { MissingSessionKeyError, type SessionMethods, type SessionView } from './sessions/session-view.ts'
export {
  appcontextPopped,
  appcontextPushed,
  appcontextTearingDown,
  beforeRenderTemplate,
  gotRequestException,
  messageFlashed,
  requestFinished,
  requestStarted,
  requestTearingDown,
  templateRendered,
} from './signals/flask-signals.ts'
export { Namespace, type Receiver, Signal } from './signals/signal.ts'
export { Environment } from './templating/environment.ts'
export { DispatchingJinjaLoader } from './templating/loader.ts'
export { type HeadersValue, type StatusValue, tuple } from './tuple.ts'
export type {
  AfterRequest,
  BeforeRequest,
  ContextProcessor,
  ErrorHandler,
  ResponseReturnValue,
  ShellContextProcessor,
  Teardown,
  UrlDefaults,
  UrlValuePreprocessor,
  View as ViewFunction,
} from './view-types.ts'
export { MethodView } from './views/method-view.ts'
export { type ClassView, View, type ViewDecorator } from './views/view.ts'
export { Request } from './wrappers/request.ts'
export { Response } from './wrappers/response.ts'
