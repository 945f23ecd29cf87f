const prefix = 'INPUT_'

/** How the runner calls an input in the environment of an action. */
export function variableOf(name: string): string {
  return prefix + name.replaceAll(' ', '_').toUpperCase()
}

/** The inputs in an environment, by name. They are taken out of it, so that no child can be handed them by mistake. */
export function takeInputs(env: Record<string, string | undefined>): ReadonlyMap<string, string> {
  const given = new Map<string, string>()
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(prefix) || value === undefined) continue
    given.set(variable.slice(prefix.length).toLowerCase(), value)
    delete env[variable]
  }
  return given
}
