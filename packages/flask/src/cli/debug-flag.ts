/** Whether `FLASK_DEBUG` asks for debug mode. */
export function getDebugFlag(): boolean {
  const value = process.env.FLASK_DEBUG
  return value !== undefined && value !== '' && !['0', 'false', 'no'].includes(value.toLowerCase())
}

/** Whether `.env` files are wanted: `FLASK_SKIP_DOTENV` turns them off. */
export function getLoadDotenv(): boolean {
  const value = process.env.FLASK_SKIP_DOTENV
  return value === undefined || value === '' || ['0', 'false', 'no'].includes(value.toLowerCase())
}
