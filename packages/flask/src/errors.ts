/** Something that needs an application or a request was used where neither is active. */
export class OutsideContextError extends Error {
  override readonly name = 'OutsideContextError'
}

/** The application or blueprint was set up further after it had begun to work. */
export class LateSetupError extends Error {
  override readonly name = 'LateSetupError'
}

/** Two different views claim one endpoint. */
export class DuplicateEndpointError extends Error {
  override readonly name = 'DuplicateEndpointError'
}

/** Two blueprints claim one name. */
export class DuplicateBlueprintError extends Error {
  override readonly name = 'DuplicateBlueprintError'
}

/** A name, prefix or other argument of a set-up call cannot be used. */
export class SetupValueError extends Error {
  override readonly name = 'SetupValueError'
}

/** A view, hook or error handler returned what no response can be made of. */
export class InvalidResponseError extends TypeError {
  override readonly name = 'InvalidResponseError'
}

/** A URL cannot be built because nothing tells the host. */
export class NoServerNameError extends Error {
  override readonly name = 'NoServerNameError'
}

/** Values given to `urlFor` contradict each other. */
export class UrlForValueError extends Error {
  override readonly name = 'UrlForValueError'
}

/** A static file was asked for where no static folder is set. */
export class NoStaticFolderError extends Error {
  override readonly name = 'NoStaticFolderError'
}

/** A configuration source is missing or cannot be used. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Several clean-up functions failed. */
export class TeardownErrors extends AggregateError {
  override readonly name = 'TeardownErrors'
}

/** A template cannot be given the names that it should see. */
export class TemplateContextError extends Error {
  override readonly name = 'TemplateContextError'
}

/** A rule leads to an endpoint that no view was registered for. */
export class MissingViewError extends Error {
  override readonly name = 'MissingViewError'

  constructor(endpoint: string) {
    super(
      `No view is registered for the endpoint '${endpoint}'. Register one with app.endpoint('${endpoint}', view).`,
    )
  }
}
