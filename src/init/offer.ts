import { findStack } from './compose.ts'
import { dockerfileText } from './dockerfile.ts'
import { dockerignoreText } from './dockerignore.ts'
import type { Folder } from './folder.ts'
import type { Project, Recognised } from './project.ts'
import { testsOf } from './project.ts'
import { findSample, samplesText } from './sample.ts'
import type { Part } from './words.ts'
import { checkoutInputs, composeInputs, type Given, predictInputs, testInputs, workflowText } from './workflow.ts'

/** What is known around the folder of a project. */
export type Surroundings = Readonly<{
  /** The folder of the project as a path from the root of its repository; '' is the root. */
  prefix: string
  /** What `images` is to be, and what that comes to where the repository is known. */
  image: string
  imageTold: string
  branch: string
  /** What a workflow of the repository is called that uses the action already. */
  workflow?: string
  /** Names in `.github/workflows` of the repository. */
  workflows: readonly string[]
  /** A samples file, or a body of a request, that the action finds by itself. */
  samples?: string
  /** What the Dockerfile that is there copies and the project does not have. */
  absent: readonly string[]
}>

/** A file to write, its path from the folder of the project. */
export type Offered = Readonly<{ part: Part; path: string; text: string; why?: string }>

/** What there is no need or no way to write, and why. */
export type Kept = Readonly<{ part: Part; why: string }>

/** `inputs` are those that the workflow has beside the image: what a run by hand is to be told as well. */
export type Offer = Readonly<{ files: readonly Offered[]; kept: readonly Kept[]; inputs: readonly Given[] }>

/** The first name that nobody has taken. */
const freeName = (taken: readonly string[]) => ['image.yml', 'model-image.yml', 'ml-image.yml'].find((name) => !taken.includes(name))

function offerWorkflow(
  folder: Folder,
  { prefix, image, branch, workflow, workflows }: Surroundings,
  inputs: readonly Given[],
): Offered | Kept {
  if (workflow !== undefined) return { part: 'workflow', why: `.github/workflows/${workflow} uses the action already` }
  const name = freeName(workflows)
  if (name === undefined) return { part: 'workflow', why: 'image.yml, model-image.yml and ml-image.yml are there, and use something else' }
  const place = prefix === '' ? [] : [{ name: 'working-directory', value: prefix }]
  const up = prefix === '' ? '' : '../'.repeat(prefix.split('/').length)
  const text = workflowText({ image, branch, checkout: checkoutInputs(folder), inputs: [...place, ...inputs] })
  return { part: 'workflow', path: `${up}.github/workflows/${name}`, text }
}

function offerSamples(folder: Folder, project: Project | undefined, { samples }: Surroundings): Offered | Kept {
  if (samples !== undefined) return { part: 'samples', why: `${samples} is found by the action` }
  const found = project && findSample(folder, project.server)
  if (!found) {
    const discovered = /^(fastapi|bentoml|litserve|mlflow)$/.test(project?.server.framework ?? '')
    const instead = discovered ? 'the action looks into what the service documents of itself' : 'the smoke test asks for health alone'
    return {
      part: 'samples',
      why: `no test and no pydantic model has a request to take over: ${instead}. A request in tests/golden.json proves the model (docs/samples.md)`,
    }
  }
  return { part: 'samples', path: 'tests/golden.json', text: samplesText(found), why: `the request is from ${found.from}` }
}

/** What is to be written into a folder. Nothing of it is there yet. */
export function makeOffer(folder: Folder, recognised: Recognised, around: Surroundings, only: ReadonlySet<Part>): Offer {
  const project = 'project' in recognised ? recognised.project : undefined
  const has = (path: string): Kept | undefined =>
    folder.isThere(path) ? { part: path === 'Dockerfile' ? 'dockerfile' : 'dockerignore', why: `${path} is there` } : undefined
  const dockerfile = has('Dockerfile')
  // The workflow is for what is there in the end: without any Dockerfile it would only be red.
  const hopeless = !project && !dockerfile
  const own = dockerfile ? undefined : project
  const inputs = [
    ...testInputs(folder, testsOf(folder), own, around.absent),
    ...predictInputs(project),
    ...composeInputs(findStack(folder), own),
  ]
  const one = (part: Part): Offered | Kept | undefined => {
    if (!only.has(part) || hopeless) return undefined
    switch (part) {
      case 'dockerfile':
        return dockerfile ?? (project && { part, path: 'Dockerfile', text: dockerfileText(project) })
      case 'dockerignore':
        if (has('.dockerignore')) return has('.dockerignore')
        // What another Dockerfile takes is not known so well that something could be left out.
        return dockerfile || !project
          ? { part, why: 'the Dockerfile that is there may need any file; the advice of a run tells what to leave out' }
          : { part, path: '.dockerignore', text: dockerignoreText(project) }
      case 'workflow':
        return offerWorkflow(folder, around, inputs)
      case 'samples':
        return offerSamples(folder, project, around)
    }
  }
  const all = (['dockerfile', 'dockerignore', 'workflow', 'samples'] as const).flatMap((part) => one(part) ?? [])
  return { files: all.flatMap((one) => ('path' in one ? [one] : [])), kept: all.flatMap((one) => ('path' in one ? [] : [one])), inputs }
}
