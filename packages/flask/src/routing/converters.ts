import type { Converters as WerkzeugConverters } from '@flask-ts/werkzeug/routing'

/**
 * What the values of converters are, by the name that rules use. Converters of one's own are added by declaration
 * merging: `declare module 'flask-ts' { interface Converters { date: Date } }`.
 */
export interface Converters extends WerkzeugConverters {}
