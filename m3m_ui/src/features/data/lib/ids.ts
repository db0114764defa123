/** An id for a record that is not there yet: like the server's own, it begins with the time. */
export function newId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16).padStart(8, '0')
  return seconds + [...crypto.getRandomValues(new Uint8Array(8))].map((part) => part.toString(16).padStart(2, '0')).join('')
}
