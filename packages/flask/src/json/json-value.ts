/** A value that JSON text can stand for. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
