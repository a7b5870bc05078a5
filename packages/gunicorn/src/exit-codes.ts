/** With this status a worker tells that it could not start (Gunicorn's number). */
export const WORKER_BOOT_ERROR = 3

/** With this status a worker tells that the application could not be loaded (Gunicorn's number). */
export const APP_LOAD_ERROR = 4
