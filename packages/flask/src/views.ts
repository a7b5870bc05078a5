/**
 * Views made of classes.
 * @module
 */
export { MethodView, UnimplementedMethodError } from './views/method-view.ts'
export { type ClassView, View, type ViewDecorator } from './views/view.ts'
