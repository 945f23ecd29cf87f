import { posix } from 'node:path'
import { artefactFiles, isModelFile } from '../model/artefacts.ts'
import type { Folder } from './folder.ts'
import { importedBy, moduleOf, rootOf } from './modules.ts'
import { notebookCode } from './notebook.ts'
import { codeOf, type Server } from './server.ts'

/** What makes the model in the build: a command, and the files of the project that it reads. */
export type Training = Readonly<{ by: string; command: string; files: readonly string[]; notebook: boolean }>

export type Model = Readonly<{
  /** Files of the project that are the model. */
  there: readonly string[]
  /** What the server loads and the project does not have; paths from the folder of the project. */
  missing: readonly string[]
  training?: Training
  /** What the stack of the project puts in its place, and its tests make: no build has to. */
  mounted?: Readonly<{ paths: readonly string[]; by: string }>
}>

const quoted = `["']([^"'\\n]+)["']`
const literals = new RegExp(quoted, 'g')
/** `Path("models") / "a.pkl"`, `join("models", "a.pkl")`: texts with `/`, or of one join, behind each other. */
const joined = new RegExp(`(?:${quoted}\\s*\\)?\\s*/\\s*)?(?:${quoted}\\s*\\)?\\s*/\\s*)?${quoted}`, 'g')
const asArguments = /\bjoin\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g
const ownFolder = /(?:__file__\s*\)*(?:\.resolve\(\)|\.absolute\(\))?)((?:\.parent|\.parents\[\d\])+)/

/** The paths of models that a text of Python names, as they are from the folder that the server starts in. */
export function modelPaths(file: string, text: string): readonly string[] {
  const code = codeOf(text)
  // A folder that is named by the file itself is where the file lies.
  const [, ups] = ownFolder.exec(code) ?? []
  const folder = posix.dirname(file)
  const above =
    ups === undefined ? undefined : posix.join(folder, ...Array.from({ length: (ups.match(/\.parent\b/g) ?? []).length - 1 }, () => '..'))
  const chains = [
    ...[...code.matchAll(joined)].map((found) => ({ parts: found.slice(1).filter((part) => part !== undefined), at: found.index })),
    ...[...code.matchAll(asArguments)].map((found) => ({
      parts: [...(found[1] ?? '').matchAll(literals)].map(([, part = '']) => part),
      at: found.index,
    })),
  ]
  const paths = chains.flatMap(({ parts, at }) => {
    const path = parts.join('/')
    if (!isModelFile(path) || /[{}*$\s:]/.test(path)) return []
    const beside =
      above !== undefined &&
      !path.startsWith('/') &&
      /(\bparent\b|[A-Z_]{3,}|_dir\b|\bhere\b|\broot\b|\bbase\b)[^\n]*$/i.test(code.slice(0, at).split('\n').at(-1) ?? '')
    return [posix.normalize(beside ? posix.join(above, path) : path).replace(/^\/app\//, '')]
  })
  // The last part of a longer one is found once more by itself.
  return [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && other.endsWith(`/${path}`)))
}

const saves =
  /\b(?:joblib|pickle|cloudpickle|dill|skops|sio)\.dumps?\(|\.save_model\(|\btorch\.save\(|\.save\(|\bsave_pretrained\(|\bto_onnx\(/
const aside = /(^|\/)(tests?|testing|docs?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/

/** The arguments by which a script is told where its model goes. */
function outputArguments(text: string, model: string): string {
  const option =
    /(?:add_argument|click\.option|typer\.Option)\(\s*(?:["']-\w["']\s*,\s*)?["'](--(?:output|out|model|model-path|model_path|output-path|output_path|save-path|save_path|model-out|model-file|(?:output|out|model)[-_]dir))["']([^\n]*)/
  const [, name, rest = ''] = option.exec(text) ?? []
  // What has a default goes where the server looks for it, or nowhere that anybody knows.
  if (name === undefined || /\bdefault\s*=/.test(rest)) return ''
  return ` ${name} ${/[-_]dir$/.test(name) ? posix.dirname(model) : model}`
}

/** Files and folders of the project that a text names, as they are from the folder that it runs in: data, a configuration. */
function namedFiles(folder: Folder, text: string, runsIn = ''): readonly string[] {
  const named = [...codeOf(text).matchAll(literals)].map(([, one = '']) => posix.join(runsIn, one.replace(/^\/+/, '')).replace(/\/$/, ''))
  return [...new Set(named)].filter(
    (path) => path !== '' && path !== '.' && folder.paths.some((one) => one === path || one.startsWith(`${path}/`)),
  )
}

/** What a script is called that makes a model. */
const maker = /train|fit|(?:make|build|create|export)_model/

/**
 * The likeliest file that writes the model: by its name, and by naming what is missing, or the constant of the server
 * that does.
 */
function trainingOf(folder: Folder, server: Server, missing: readonly string[], constant?: string): Training | undefined {
  const names = [...missing.map((path) => posix.basename(path)), ...(constant === undefined ? [] : [constant])]
  const scored = folder.paths
    .filter((path) => /\.(py|ipynb)$/.test(path) && !aside.test(path) && path !== server.file)
    .flatMap((path) => {
      const written = folder.read(path) ?? ''
      const notebook = path.endsWith('.ipynb')
      const text = notebook ? notebookCode(written) : written
      if (!saves.test(text)) return []
      const about = names.filter((name) => text.includes(name)).length
      const runs = notebook || /__name__\s*==|@click\.command|@app\.command/.test(text) || !server.files.includes(path)
      const score = about * 4 + (maker.test(posix.basename(path)) ? 2 : 0) + (notebook ? 0 : 1)
      return runs && (about > 0 || maker.test(posix.basename(path))) ? [{ path, text, score, notebook }] : []
    })
    .toSorted((a, b) => b.score - a.score)
  const [best] = scored
  if (!best) return undefined
  const { path, text, notebook } = best
  if (notebook)
    return {
      by: path,
      command: `jupyter nbconvert --to notebook --execute --ExecutePreprocessor.kernel_name=python3 --output-dir /tmp ${path}`,
      files: [path, ...namedFiles(folder, text, posix.dirname(path))],
      notebook,
    }
  const root = rootOf(folder, path)
  const files = importedBy(folder, path, root)
  const data = files.flatMap((file) => namedFiles(folder, folder.read(file) ?? ''))
  const asModule = root === '' && path.includes('/')
  const program = asModule ? `python -m ${moduleOf(path, root)}` : `python ${path}`
  return { by: path, command: program + outputArguments(text, missing[0] ?? ''), files: [...new Set([...files, ...data])], notebook }
}

const loadsFolder = /\b(?:from_pretrained|pipeline|SentenceTransformer)\(/
const folderConstant = /^(\w*MODEL\w*(?:PATH|DIR|FOLDER)\w*)\s*(?::[^=\n]+)?=[^\n]*["'](?:\.\/|\/app\/)?([\w-]+(?:\/[\w.-]+)*)["']\)*\s*$/m

/** A folder that the server loads as a whole, as transformers does. What looks like one may be a name of a hub. */
function loadedFolder(folder: Folder, { files }: Server): Readonly<{ path: string; constant: string }> | undefined {
  const texts = files.map((file) => codeOf(folder.read(file) ?? ''))
  if (!texts.some((text) => loadsFolder.test(text))) return undefined
  const [, constant, path] = texts.map((text) => folderConstant.exec(text)).find((found) => found !== null) ?? []
  return constant === undefined || path === undefined || isModelFile(path) ? undefined : { path, constant }
}

/** The model of a project: what is there, and else what of the project makes it. */
export function findModel(folder: Folder, server: Server): Model {
  const artefacts = artefactFiles(folder.paths).filter((path) => !/(^|\/)(mlruns|mlartifacts|wandb|lightning_logs)\//.test(path))
  const whole = loadedFolder(folder, server)
  if (whole && !folder.paths.some((path) => path.startsWith(`${whole.path}/`) && artefacts.includes(path))) {
    const training = trainingOf(folder, server, [whole.path], whole.constant)
    if (training) return { there: artefacts, missing: [whole.path], training }
  }
  const wanted = server.files.flatMap((file) => modelPaths(file, folder.read(file) ?? ''))
  const has = (path: string) => folder.paths.some((one) => one === path || one.endsWith(`/${path}`)) || posix.isAbsolute(path)
  const missing = [...new Set(wanted)].filter((path) => !has(path) && !path.startsWith('..'))
  const training = missing.length === 0 ? undefined : trainingOf(folder, server, missing)
  return { there: artefacts, missing, ...(training ? { training } : {}) }
}
