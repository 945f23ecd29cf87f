import { bytesText } from '../../../amounts.ts'
import { changed, fixOf } from '../../edit.ts'
import type { Finding, ImageSubject, Rule } from '../../rule.ts'

/** Files that a build leaves behind and a service has no use for. */
type Leftover = Readonly<{
  id: string
  what: string
  why: string
  is: RegExp
  /** Fewer bytes are not worth a word. */
  from: number
  risk?: string
  /** What the RUN that leaves them should end with. */
  remove?: string
}>

const cached =
  'Nothing installs when the service runs. A cache mount keeps them for the next build and out of the image: RUN --mount=type=cache.'

const leftovers: readonly Leftover[] = [
  {
    id: 'compilers-left',
    what: 'compilers',
    why: 'They build wheels, and nothing compiles when the service runs. Build in a stage of its own and COPY --from it what it made.',
    is: /^\/usr\/(libexec|lib)\/gcc\/|^\/usr\/bin\/(?:[\w-]+-)?(gcc|g\+\+|cc1|cpp|make|cmake|ld|as|rustc|cargo|nvcc)(-[\d.]+)?$|^\/usr\/include\/|^\/usr\/local\/cuda[^/]*\/(bin\/nvcc|nvvm\/)|^\/root\/\.(cargo|rustup)\//,
    from: 20e6,
  },
  {
    id: 'shell-history-in-image',
    what: 'what somebody has typed',
    why: 'A history of a shell or a client holds commands with their arguments, passwords among them.',
    is: /\/\.(bash_history|ash_history|zsh_history|sh_history|python_history|node_repl_history|psql_history|mysql_history|rediscli_history|sqlite_history|lesshst|viminfo|wget-hsts)$|\/\.ipython\/profile_\w+\/history\.sqlite$/,
    from: 0,
    risk: 'Commands with their arguments are published with the image.',
  },
  {
    id: 'pip-cache',
    what: 'what pip has downloaded',
    why: cached,
    is: /^\/(root|home\/[^/]+)\/\.cache\/pip\//,
    from: 1e6,
    remove: 'rm -rf /root/.cache/pip',
  },
  {
    id: 'conda-cache',
    what: 'what conda has downloaded',
    why: cached,
    is: /^\/opt\/[^/]*conda[^/]*\/pkgs\/|^\/(root|home\/[^/]+)\/\.conda\/pkgs\//,
    from: 1e6,
    remove: 'conda clean -afy',
  },
  {
    id: 'apt-lists',
    what: 'lists of packages',
    why: cached,
    is: /^\/var\/cache\/(apt|apk|yum|dnf)\/|^\/var\/lib\/apt\/lists\/[^/]+_/,
    from: 1e6,
    remove: 'rm -rf /var/lib/apt/lists/* /var/cache/apt/*',
  },
  {
    id: 'caches-in-image',
    what: 'caches of installers',
    why: cached,
    is: /^\/(root|home\/[^/]+)\/\.(cache\/(uv|pypoetry|pipenv|pdm|matplotlib|pre-commit|go-build)|npm|cargo\/registry)\//,
    from: 1e6,
    remove: 'rm -rf /root/.cache',
  },
  {
    id: 'timestamps-in-image',
    what: 'logs with the time of the build',
    why: 'The same instructions give another layer each time, with another digest: nothing that was pushed before can be used again, and nobody can show that two images are the same.',
    is: /^\/var\/log\/(apt\/|dpkg\.log|alternatives\.log|yum\.log|dnf)|^\/var\/cache\/ldconfig\/aux-cache$/,
    from: 0,
    remove: 'rm -rf /var/log/apt /var/log/dpkg.log /var/log/alternatives.log /var/cache/ldconfig/aux-cache',
  },
]

/** At the end of the RUN that made a layer; only where a shell runs it. */
function fix({ dockerfile, layers }: ImageSubject, layer: number, remove: string): { fix?: string } {
  const line = layers[layer]?.at?.line
  const run = dockerfile?.instructions.find((one) => one.line === line && one.keyword === 'RUN')
  if (!dockerfile || !run || run.words || run.heredocs.length > 0) return {}
  return fixOf(dockerfile, [changed(dockerfile, run, /[ \t]*$/, ` \\\n    && ${remove}`)])
}

const ruleOf = ({ id, what, why, is, from, risk, remove }: Leftover): Rule<ImageSubject> => ({
  id,
  look: (subject): readonly Finding[] => {
    const found = [...(subject.files?.live ?? [])].filter(([path, { layer }]) => subject.layers[layer]?.own && is.test(path))
    const bytes = found.reduce((sum, [, file]) => sum + file.bytes, 0)
    if (found.length === 0 || bytes < from) return []
    const [[first, { layer }] = ['', { layer: 0 }]] = found.toSorted(([, a], [, b]) => b.bytes - a.bytes)
    const place = subject.layers[layer]?.at
    const others = found.length > 1 ? ` and ${found.length - 1} more` : ''
    return [
      {
        message: `The image holds ${what}: ${first}${others} (${bytesText(bytes)}).`,
        why,
        ...(place ? { at: place } : {}),
        ...(remove === undefined ? {} : fix(subject, layer, remove)),
        gain: risk ? { kind: 'risk', text: risk } : { kind: 'size', bytes },
      },
    ]
  },
})

export const leftoverRules: readonly Rule<ImageSubject>[] = leftovers.map(ruleOf)
