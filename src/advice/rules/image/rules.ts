import type { ImageSubject, Rule } from '../../rule.ts'
import { leftoverRules } from './leftovers.ts'
import { twice, wasted } from './waste.ts'
import { heavy, packageRules, rootUser } from './weight.ts'

/** What an image shows when it is built. A rule of the Dockerfile with the same name has foretold it: this one has measured it. */
export const imageRules: readonly Rule<ImageSubject>[] = [twice, wasted, ...packageRules, ...leftoverRules, heavy, rootUser]
