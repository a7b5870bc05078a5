import { request } from 'flask-ts'

interface TextRules {
  /** Characters; 200 unless given. */
  readonly max?: number
  /** The text may be empty. */
  readonly optional?: boolean
  readonly pattern?: RegExp
  /** What is said of a text that does not fit the pattern. */
  readonly message?: string
}

/**
 * A form that was sent: its values, and what is wrong with them. The macros of `forms.html` show both.
 *
 *     const form = new Form()
 *     const name = form.text('name')
 *     if (form.isValid) ...
 */
export class Form {
  readonly values: Record<string, string>
  readonly errors: Record<string, string> = {}

  /** @param values - What the fields hold; what was sent, unless given. */
  constructor(values: Record<string, string> = request.form.toDict()) {
    this.values = values
  }

  get isValid(): boolean {
    return Object.keys(this.errors).length === 0
  }

  /** Says what is wrong with a field; what was said first stays. */
  reject(name: string, message: string): void {
    this.errors[name] ??= message
  }

  /** The text of a field without the space around it. */
  text(name: string, rules: TextRules = {}): string {
    const { max = 200, optional = false, pattern, message = 'Please check this.' } = rules
    const text = (this.values[name] ?? '').trim()
    if (text === '') {
      if (!optional) this.reject(name, 'Please fill this in.')
    } else if (text.length > max) this.reject(name, `At most ${max} characters, please.`)
    else if (pattern !== undefined && !pattern.test(text)) this.reject(name, message)
    return text
  }

  email(name: string): string {
    const message = 'This does not look like an e-mail address.'
    return this.text(name, { pattern: /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/, message }).toLowerCase()
  }

  /** A whole number within bounds. */
  integer(name: string, min: number, max: number): number {
    const message = `A whole number from ${min} to ${max}, please.`
    const value = Number(this.text(name, { pattern: /^-?\d{1,9}$/, message }))
    if (value < min || value > max) this.reject(name, message)
    return value
  }

  /** An amount of money, `12.50`, in cents. */
  cents(name: string): number {
    const message = 'An amount such as 12.50, please.'
    const text = this.text(name, { pattern: /^\d{1,6}([.,]\d{1,2})?$/, message })
    return Math.round(Number(text.replace(',', '.')) * 100)
  }

  /** One of some values, whatever the page offered. */
  choice<const C extends string>(name: string, choices: readonly C[]): C {
    const value = this.values[name]
    const chosen = choices.find((choice) => choice === value)
    if (chosen === undefined) this.reject(name, 'Please choose one of these.')
    return chosen ?? choices[0]!
  }

  /** Whether a box was ticked: browsers leave out those that were not. */
  checked(name: string): boolean {
    return name in this.values
  }
}
