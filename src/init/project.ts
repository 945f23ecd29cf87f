import { isTestFile } from '../test/find.ts'
import { findStack, liesOver } from './compose.ts'
import type { Folder } from './folder.ts'
import { findModel, type Model } from './model.ts'
import { findPackages, type Packages } from './packages.ts'
import { type ChosenPython, choosePython } from './python-version.ts'
import { findServer, type Server } from './server.ts'
import { shippedOf } from './shipped.ts'
import { testsTrain } from './workflow.ts'

/** All that a Dockerfile is written from. */
export type Project = Readonly<{
  folder: Folder
  server: Server
  packages: Packages
  python: ChosenPython
  model: Model
  shipped: ReturnType<typeof shippedOf>
  /** A requirements file for training alone. */
  extraTraining?: string
}>

/** A project, or what of it is not to be found: each a sentence that says what to do. */
export type Recognised = Readonly<{ project: Project }> | Readonly<{ lacks: readonly string[] }>

const noServer =
  'No server was recognised. A Dockerfile is written for FastAPI, Flask, Starlette, LitServe and BentoML (a module that makes the application, such as app = FastAPI()) and for a folder with an MLmodel. Write one, and run init again for the workflow.'
const noPackages =
  'There is nothing that says which packages it needs. Write them down (pip freeze > requirements.txt, uv lock, poetry lock), and run init again.'

/** A model that a compose file mounts, and that the tests make, does not belong into the image. */
function mountedOr(model: Model, folder: Folder): Model {
  const { there, missing: paths, training } = model
  const stack = findStack(folder)
  const isMounted = stack?.isWhole && stack.needs.length > 0 && paths.every((path) => liesOver(stack, path))
  return training && isMounted && testsTrain(folder, testsOf(folder)) ? { there, missing: [], mounted: { paths, by: training.by } } : model
}

/** Reads what a Dockerfile has to be made for. `environment` is the text of .venv/pyvenv.cfg, `python` what the user has said. */
export function recognise(folder: Folder, now: number, environment: string | undefined, python: string | undefined): Recognised {
  const server = findServer(folder)
  const packages = findPackages(folder, server?.framework === 'mlflow' ? `${server.file}/requirements.txt`.replace(/^\.\//, '') : undefined)
  if (!server || !packages) return { lacks: [...(server ? [] : [noServer]), ...(packages ? [] : [noPackages])] }
  const model = mountedOr(findModel(folder, server), folder)
  const extraTraining = ['requirements-train.txt', 'requirements-training.txt'].find((path) => folder.paths.includes(path))
  return {
    project: {
      folder,
      server,
      packages,
      model,
      python: python === undefined ? choosePython(folder, environment, packages.text, now) : { version: python, from: '--python' },
      shipped: shippedOf(folder, server, model),
      ...(extraTraining === undefined ? {} : { extraTraining }),
    },
  }
}

/** The tests of a folder, as pytest names them. */
export function testsOf(folder: Folder): readonly string[] {
  return folder.paths.filter((path) => isTestFile(path.split('/').at(-1) ?? ''))
}
