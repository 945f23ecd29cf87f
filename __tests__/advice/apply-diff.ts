/** Applies a unified diff to texts by path, as strictly as `git apply`: every line of it must stand where it says. */
export function applyDiff(files: Readonly<Record<string, string>>, diff: string): Readonly<Record<string, string>> {
  const [from = '', to = '', ...rest] = diff.split('\n')
  const file = to.replace(/^\+\+\+ b\//, '')
  const isNew = from === '--- /dev/null'
  if (!isNew && from !== `--- a/${file}`) throw new Error(`no header: ${from}`)
  if (isNew === file in files) throw new Error(`${file} is ${isNew ? 'there already' : 'not there'}`)
  const before = isNew ? [] : (files[file] ?? '').split('\n')
  const after: string[] = []
  let at = 0
  for (const line of rest.slice(0, -1)) {
    const [, start, count = '1'] = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@/.exec(line) ?? []
    if (start !== undefined) {
      const first = count === '0' ? Number(start) : Number(start) - 1
      after.push(...before.slice(at, first))
      at = first
    } else if (line.startsWith('+')) after.push(line.slice(1))
    else if (line.startsWith('\\')) continue
    else {
      if (before[at] !== line.slice(1))
        throw new Error(`${file}:${at + 1} is ${JSON.stringify(before[at])}, the diff has ${JSON.stringify(line.slice(1))}`)
      if (line.startsWith(' ')) after.push(before[at] ?? '')
      at++
    }
  }
  const text = [...after, ...before.slice(at)].join('\n')
  return { ...files, [file]: text === '' || text.endsWith('\n') ? text : `${text}\n` }
}
