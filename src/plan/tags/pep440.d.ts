declare module '@renovate/pep440' {
  type Explained = Readonly<{ is_prerelease: boolean; is_devrelease: boolean; is_postrelease: boolean }>
  const pep440: Readonly<{
    valid: (version: string) => string | null
    compare: (one: string, other: string) => number
    clean: (version: string) => string | null
    explain: (version: string) => Explained | null
    major: (version: string) => number
    minor: (version: string) => number
    patch: (version: string) => number
  }>
  export = pep440
}
