/** Below this path the development server answers itself: the debugger, and the reloading of pages. */
export const INTERNAL_PATH = '/__debugger__/'
