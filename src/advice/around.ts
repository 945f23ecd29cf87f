import type { Files } from '../host/host.ts'
import { type Found, lookBy } from './look.ts'
import type { DockerfileSubject } from './rule.ts'
import { composeRules } from './rules/compose/rules.ts'
import { contextRules } from './rules/context/rules.ts'
import { requirementsRules } from './rules/requirements/rules.ts'
import { type Asked, composeSubjects, contextSubject, requirementsSubjects } from './subjects.ts'

/** What can be said of the files around a Dockerfile: what the build is sent, what it installs, and the stack it is part of. */
export function lookAround(files: Files, asked: Asked, dockerfile: DockerfileSubject): readonly Found[] {
  return [
    ...lookBy(contextRules, contextSubject(files, asked, dockerfile)),
    ...requirementsSubjects(dockerfile).flatMap((subject) => lookBy(requirementsRules, subject)),
    ...composeSubjects(files, asked, dockerfile).flatMap((subject) => lookBy(composeRules, subject)),
  ]
}
