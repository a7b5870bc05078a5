/**
 * The middleware that checks both sides of the contract, and the rules that it checks.
 * @module
 */
export { ContractViolation, type Rule, type RuleName, rules, type Side } from './validator/rules.ts'
export { type ValidatorOptions, validator } from './validator/validator.ts'
