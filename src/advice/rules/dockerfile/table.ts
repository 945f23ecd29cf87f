import type { DockerfileSubject, Rule } from '../../rule.ts'
import { aptLists, aptUpgrade } from './apt.ts'
import { endOfLifeBase, largeBase, unpinnedBase } from './base.ts'
import { condaCache, pipCache } from './caches.ts'
import { loadPerRequest } from './code.ts'
import { compilersLeft } from './compilers.ts'
import { cudaMismatch, cudaWheelsOnCpu } from './cuda.ts'
import { developmentServer } from './development.ts'
import { healthcheckTool, noHealthcheck } from './healthcheck.ts'
import { otherPython } from './interpreter.ts'
import { loopbackServer, portMismatch } from './listen.ts'
import { codeBeforePackages } from './order.ts'
import { trainAtStart, trainedInPlace } from './training.ts'
import { chownCopies, rootUser } from './user.ts'
import { downloadAtStart, weightsWithCode } from './weights.ts'

/** The rules on a Dockerfile and on the code that its command starts; of equal gain the first is told first. */
export const dockerfileRules: readonly Rule<DockerfileSubject>[] = [
  loopbackServer,
  healthcheckTool,
  portMismatch,
  otherPython,
  cudaMismatch,
  endOfLifeBase,
  developmentServer,
  trainAtStart,
  downloadAtStart,
  rootUser,
  unpinnedBase,
  cudaWheelsOnCpu,
  largeBase,
  compilersLeft,
  weightsWithCode,
  chownCopies,
  codeBeforePackages,
  loadPerRequest,
  trainedInPlace,
  pipCache,
  condaCache,
  aptLists,
  aptUpgrade,
  noHealthcheck,
]
