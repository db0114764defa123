/** A time of the API as a field for local times has it; empty for what is no time. */
export function toLocal(text: string): string {
  const moment = new Date(text)
  if (text === '' || Number.isNaN(moment.getTime())) return ''
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`
}

export function fromLocal(text: string): string {
  const moment = new Date(text)
  return text === '' || Number.isNaN(moment.getTime()) ? '' : moment.toISOString()
}
