/**
 * Makes new flask-ts projects from templates.
 * @module
 */
export { type NewProject, TEMPLATES, type TemplateName } from './arguments.ts'
export { createProject } from './create-project.ts'
export { FolderInUseError, UsageError } from './errors.ts'
export { main } from './main.ts'
