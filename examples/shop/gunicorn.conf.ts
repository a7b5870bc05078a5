/** How `gunicorn 'shop:createApp()'` serves the shop; the environment may say otherwise. */
export const bind = process.env.SHOP_BIND ?? '0.0.0.0:8000'
/** One worker a processor that the container may use. */
export const workers = 'auto'
export const accesslog = '-'
/** Kubernetes and systemd wait longer than this before they kill. */
export const graceful_timeout = 20
