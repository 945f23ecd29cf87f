/** argv of the push of one reference. */
export function pushArgv(reference: string): readonly string[] {
  return ['docker', 'push', '--quiet', reference]
}
