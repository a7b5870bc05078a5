/** Responses, and the requests that they answer, for which the headers are decided. */
const evaluated = new WeakSet<object>()

/** Says that nothing more is to be added for a response or a request. */
export function markEvaluated(subject: object): void {
  evaluated.add(subject)
}

/** Whether the headers of a response or a request are decided. */
export function isEvaluated(subject: object): boolean {
  return evaluated.has(subject)
}
