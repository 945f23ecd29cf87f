type Cell = Readonly<{ cell_type?: unknown; source?: unknown }>

const sourceOf = ({ source }: Cell) =>
  Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : typeof source === 'string' ? source : ''

/** The Python of a notebook, a cell behind the other; nothing of what is no notebook (nbformat 4). */
export function notebookCode(text: string): string {
  try {
    const { cells } = JSON.parse(text) as Readonly<{ cells?: unknown }>
    const all = Array.isArray(cells) ? cells.filter((cell): cell is Cell => typeof cell === 'object' && cell !== null) : []
    return all
      .filter(({ cell_type }) => cell_type === 'code')
      .map(sourceOf)
      .join('\n')
  } catch {
    return ''
  }
}
