/** Names that Windows takes for devices in every folder, with any extension. */
const deviceNames = new Set([
  'AUX',
  'CON',
  'CONIN$',
  'CONOUT$',
  'NUL',
  'PRN',
  ...Array.from('123456789¹²³', (digit) => `COM${digit}`),
  ...Array.from('123456789¹²³', (digit) => `LPT${digit}`),
])

/** Whether Windows would open a device under this name instead of a file. */
export function isDeviceName(name: string): boolean {
  return deviceNames.has(name.split('.', 1)[0]!.trim().toUpperCase())
}
