import type { RequirementsSubject, Rule } from '../../rule.ts'
import { desk, testing, windows } from './packages.ts'
import { commit, twice, unpinned, wrongName } from './versions.ts'

/** What the requirements of an image say that will be missed, or not be needed, when it runs. */
export const requirementsRules: readonly Rule<RequirementsSubject>[] = [wrongName, windows, testing, desk, unpinned, twice, commit]
