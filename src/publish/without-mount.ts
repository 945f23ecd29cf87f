/**
 * An upload that begins without being mounted from where else the engine has seen the layer: of that repository our token
 * says nothing, and a registry that verifies tokens refuses the whole request (distribution, spec/auth/scope.md).
 */
export function withoutMount(rest: string): string {
  const [path = '', query] = rest.split('?')
  if (path !== 'blobs/uploads/' || query === undefined) return rest
  const kept = query.split('&').filter((field) => !/^(mount|from)=/.test(field))
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path
}
