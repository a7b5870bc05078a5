import { join } from 'node:path'
import type { Flask } from 'flask-ts'

// The settings of the shop's own, so that `currentApp.config.PER_PAGE` is known to be a number.
declare module 'flask-ts' {
  interface Config {
    /** Where uploaded pictures are kept: a folder that all processes share. */
    UPLOAD_FOLDER: string
    /** Products on a page of the catalogue. */
    PER_PAGE: number
    /** Which sites may read `/api`: an origin, several, or `*`. */
    API_ORIGINS: string | string[]
    /** How many proxies stand before the shop and say who the client is. */
    PROXIES: number
    /** Keeps sessions in Redis instead of a cookie: `redis://localhost`. */
    REDIS_URL: string | null
  }
}

/**
 * Sets the configuration: defaults, then the environment, then what a test gives.
 *
 * Every key can be set from outside as `SHOP_<KEY>`: `SHOP_SECRET_KEY`, `SHOP_SQLALCHEMY_DATABASE_URI`,
 * `SHOP_PER_PAGE=12`. Values are read as JSON where they are JSON, and as text where they are not.
 */
export function configure(app: Flask, settings: object): void {
  app.config.fromMapping({
    SQLALCHEMY_DATABASE_URI: 'sqlite:///shop.db', // in the instance folder
    UPLOAD_FOLDER: join(app.instancePath, 'uploads'),
    MAX_CONTENT_LENGTH: 4 * 1024 * 1024,
    SESSION_COOKIE_SAMESITE: 'Lax',
    // Browsers keep style sheets and pictures for an hour, and ask again only then.
    SEND_FILE_MAX_AGE_DEFAULT: 3600,
    PER_PAGE: 8,
    API_ORIGINS: '*',
    PROXIES: 0,
    REDIS_URL: null,
  })
  app.config.fromPrefixedEnv('SHOP')
  app.config.fromMapping(settings)
  if (!app.config.SECRET_KEY) {
    throw new Error(
      'The shop has no secret key, which signs its cookies: set SHOP_SECRET_KEY to a long random text.',
    )
  }
}
