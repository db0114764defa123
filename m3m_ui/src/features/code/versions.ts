export type Bump = 'minor' | 'major'

/** The number that the next release will have after the newest one there is. */
export function nextVersion(newest: string | undefined, bump: Bump): string {
  const [major = 0, minor = 0] = (newest ?? '0.0').split('.').map(Number)
  return bump === 'major' ? `${major + 1}.0` : `${major}.${minor + 1}`
}
