import { posix } from 'node:path'
import { usualPaths } from '../smoke/candidates.ts'
import { findStack } from './compose.ts'
import type { Folder } from './folder.ts'
import { importedBy, moduleOf, rootOf } from './modules.ts'

export type Framework = 'fastapi' | 'starlette' | 'flask' | 'litserve' | 'bentoml' | 'mlflow'

/** How a framework is called, and where it listens and tells its health where the code does not say it. */
export const frameworks: Readonly<Record<Framework, Readonly<{ title: string; port: number; health?: string; predict?: string }>>> = {
  fastapi: { title: 'FastAPI', port: 8000 },
  starlette: { title: 'Starlette', port: 8000 },
  flask: { title: 'Flask', port: 8000 },
  litserve: { title: 'LitServe', port: 8000, health: '/health', predict: '/predict' },
  bentoml: { title: 'BentoML', port: 3000, health: '/readyz', predict: '/predict' },
  mlflow: { title: 'MLflow', port: 8080, health: '/ping', predict: '/invocations' },
}

/** The server of a project, as its code tells it. */
export type Server = Readonly<{
  framework: Framework
  /** The file that makes the application; of MLflow the folder of the model. */
  file: string
  /** The folder that modules are looked for from. */
  root: string
  /** `app.main:app` without the application where a script starts it. */
  module: string
  application: string
  /** The application is what a function of that name gives. */
  factory: boolean
  port: number
  health?: string
  /** The path that predictions are posted to. */
  predict?: string
  /** The file with all of the folder that it imports. */
  files: readonly string[]
}>

/** Python without comments and docstrings; lines stay where they are. */
export const codeOf = (text: string): string =>
  text.replace(/("""|''')[\s\S]*?\1/g, (all) => '\n'.repeat(all.split('\n').length - 1)).replace(/(^|\s)#.*$/gm, '$1')

type Made = Pick<Server, 'framework' | 'application' | 'factory'>

const calls: readonly Readonly<{ framework: Framework; call: string }>[] = [
  { framework: 'fastapi', call: '(?:fastapi\\.)?FastAPI' },
  { framework: 'flask', call: '(?:flask\\.)?(?:Flask|APIFlask|OpenAPI)' },
  { framework: 'starlette', call: '(?:starlette\\.applications\\.)?Starlette' },
]

/** The application that a text of Python makes. */
export function applicationIn(text: string): Made | undefined {
  const code = codeOf(text)
  const [, service] = /^@bentoml\.service\b[\s\S]*?^class\s+(\w+)/m.exec(code) ?? []
  if (service !== undefined) return { framework: 'bentoml', application: service, factory: false }
  if (/\bLitServer\(/.test(code) && /\.run\(/.test(code)) return { framework: 'litserve', application: '', factory: false }
  for (const { framework, call } of calls) {
    const [, name] = new RegExp(`^(\\w+)\\s*(?::[^=\\n]+)?=\\s*${call}\\(`, 'm').exec(code) ?? []
    if (name !== undefined) return { framework, application: name, factory: false }
    const inside = new RegExp(`^[ \\t]+\\w+\\s*(?::[^=\\n]+)?=\\s*${call}\\(|^[ \\t]+return\\s+${call}\\(`, 'm').exec(code)
    if (!inside) continue
    // Arguments without a default are nothing that a server could give.
    const [maker, given] = [...code.slice(0, inside.index).matchAll(/^def\s+(\w+)\(([^)]*)\)/gm)].at(-1)?.slice(1) ?? []
    if (maker === undefined) continue
    const [, kept] = new RegExp(`^(\\w+)\\s*=\\s*${maker}\\(`, 'm').exec(code) ?? []
    if (kept !== undefined) return { framework, application: kept, factory: false }
    const free = (given ?? '').split(',').every((one) => one.trim() === '' || /=|^\s*\*/.test(one))
    if (free && /app|server|api/.test(maker)) return { framework, application: maker, factory: true }
  }
  return undefined
}

/** A path that a route answers to, and by which methods. */
export type Route = Readonly<{ method: string; path: string }>

/** The routes that a text of Python adds, in their order; those of a router with a prefix are told with it. */
export function routesIn(text: string): readonly Route[] {
  const code = codeOf(text)
  const prefixes = new Map(
    [...code.matchAll(/^(\w+)\s*=\s*(?:APIRouter|Blueprint)\([^)]*?\b(?:url_)?prefix\s*=\s*["']([^"']*)["']/gm)].map(
      ([, name = '', prefix = '']) => [name, prefix],
    ),
  )
  return [
    ...code.matchAll(/^[ \t]*@(\w+)\.(get|post|put|route|api_route)\(\s*(?:path\s*=\s*|rule\s*=\s*)?["']([^"']+)["']([^\n]*)/gm),
  ].flatMap(([, owner = '', verb = '', path = '', rest = '']) => {
    const told = [...rest.matchAll(/["'](GET|POST|PUT)["']/g)].map(([, method = '']) => method)
    const methods = verb === 'route' || verb === 'api_route' ? (told.length > 0 ? told : ['GET']) : [verb.toUpperCase()]
    return methods.map((method) => ({ method, path: (prefixes.get(owner) ?? '') + path }))
  })
}

/** The paths that a service of BentoML answers to: the names of its methods. */
const bentoRoutes = (text: string): readonly Route[] =>
  [...codeOf(text).matchAll(/^[ \t]+@bentoml\.api\b[^\n]*\n\s*(?:async\s+)?def\s+(\w+)/gm)].map(([, name = '']) => ({
    method: 'POST',
    path: `/${name}`,
  }))

const predicting =
  /(^|[/_-])(predict\w*|infer\w*|invocations|score|classify|generate|embed\w*|detect|forecast|recommend\w*|sentiment|summari[sz]e|translate)([/_-]|$)/i

/** The first of the words that people name predictions by; else the only path that is posted to. */
function predictPath(routes: readonly Route[]): string | undefined {
  const posted = routes.filter(({ method, path }) => method === 'POST' && !/[<{]/.test(path)).map(({ path }) => path)
  return (
    posted.find((path) => path === '/predict') ??
    posted.find((path) => predicting.test(path)) ??
    (posted.length === 1 ? posted[0] : undefined)
  )
}

const portNumber = (text: string | undefined) =>
  text !== undefined && Number(text) > 0 && Number(text) <= 65_535 ? Number(text) : undefined

/** The port that `run(port=…)` says, a default behind a variable too. */
function portIn(code: string): number | undefined {
  const [, given = ''] = /\.run\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/.exec(code) ?? []
  return portNumber(/\bport\s*=\s*(?:int\(\s*)?(?:os\.(?:environ\.get|getenv)\([^,]+,\s*)?["']?(\d{2,5})\b/.exec(given)?.[1])
}

/** `app.main:app` of the command in a Procfile, or of the usual names that tell how a server is started. */
function toldApplication(folder: Folder): Readonly<{ file: string; application: string }> | undefined {
  for (const source of ['Procfile', 'Makefile', 'justfile', 'README.md']) {
    for (const [, module = '', application = ''] of (folder.read(source) ?? '').matchAll(
      /\b(?:uvicorn|gunicorn|hypercorn|waitress-serve)\b[^\n]*?\s([A-Za-z_][\w.]*):([A-Za-z_]\w*)/g,
    )) {
      const tail = `${module.replaceAll('.', '/')}.py`
      const file = folder.paths.find((path) => path === tail || path.endsWith(`/${tail}`))
      if (file !== undefined) return { file, application }
    }
  }
  return undefined
}

const aside =
  /(^|\/)(tests?|testing|examples?|docs?|notebooks?|scripts?|benchmarks?|tutorials?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/
const usualName = /(^|\/)(app|main|server|serve|api|service|wsgi|asgi|application)\.py$/

/** MLflow serves a model without any code: the folder that has one. */
function mlflowModel(folder: Folder): Server | undefined {
  const model = folder.paths.find((path) => posix.basename(path) === 'MLmodel' && !aside.test(path))
  if (model === undefined) return undefined
  const { port, health = '', predict = '' } = frameworks.mlflow
  const file = posix.dirname(model)
  return { framework: 'mlflow', file, root: '', module: '', application: '', factory: false, port, health, predict, files: [] }
}

/** The server of a folder: what a Procfile names, else the application of the likeliest file. Undefined where there is none. */
export function findServer(folder: Folder): Server | undefined {
  const told = toldApplication(folder)
  const candidates = folder.paths.filter((path) => path.endsWith('.py') && !aside.test(path))
  const rank = (path: string) => (path === told?.file ? -100 : 0) + (usualName.test(path) ? 0 : 10) + path.split('/').length
  const found = candidates
    .flatMap((file) => {
      const made = applicationIn(folder.read(file) ?? '')
      return made ? [{ file, made }] : []
    })
    .toSorted((a, b) => rank(a.file) - rank(b.file))
  const [best] = found
  if (!best) return mlflowModel(folder)
  const { file, made } = best
  const root = rootOf(folder, file)
  const files = importedBy(folder, file, root)
  const read = made.framework === 'bentoml' ? bentoRoutes : routesIn
  const routes = files.flatMap((path) => read(folder.read(path) ?? ''))
  const answers = routes.filter(({ method }) => method === 'GET').map(({ path }) => path)
  const defaults = frameworks[made.framework]
  const health = usualPaths.find((path) => answers.includes(path)) ?? defaults.health
  const predict = predictPath(routes) ?? defaults.predict
  // What others of a stack call it by.
  const port = findStack(folder)?.port ?? portIn(codeOf(folder.read(file) ?? '')) ?? defaults.port
  return {
    ...made,
    file,
    root,
    module: moduleOf(file, root),
    port,
    files,
    ...(health === undefined ? {} : { health }),
    ...(predict === undefined ? {} : { predict }),
  }
}
