const importLine = /^\s*(?:from\s+([A-Za-z_]\w*)|import\s+([A-Za-z_][\w.]*(?:\s+as\s+\w+)?(?:\s*,\s*[A-Za-z_][\w.]*(?:\s+as\s+\w+)?)*))/gm

/** The modules that a text of Python imports, by the first part of their names. */
export function importsOf(text: string): readonly string[] {
  return [...text.matchAll(importLine)].flatMap(([, from, names]) =>
    from !== undefined ? [from] : (names ?? '').split(',').map((name) => name.trim().split(/[.\s]/)[0] ?? ''),
  )
}
