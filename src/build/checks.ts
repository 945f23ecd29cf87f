import { basename } from 'node:path'
import { type SourceLine, sourceLine } from './source-line.ts'

/** A finding of BuildKit's own checks of the Dockerfile, as `rawjson` and the metadata file have it; texts are base64. */
export type CheckRecord = Readonly<{
  short: string
  url?: string
  sourceInfo?: Readonly<{ filename?: string }>
  range?: readonly Readonly<{ start?: Readonly<{ line?: number }> }>[] | null
}>

/** What a check found, its rule by the name of https://docs.docker.com/reference/build-checks/. */
export type Check = Readonly<{ rule: string; message: string; url?: string; at?: SourceLine }>

/** What is most likely wrong, the gravest first. */
const wrong: readonly string[] = [
  ...['SecretsUsedInArgOrEnv', 'UndefinedVar', 'UndefinedArgInFrom', 'InvalidDefaultArgInFrom', 'CopyIgnoredFile'],
  ...['MultipleInstructionsDisallowed', 'DuplicateStageName', 'ReservedStageName', 'ExposeInvalidFormat', 'NoEmptyContinuation'],
  ...['FromPlatformFlagConstDisallowed', 'RedundantTargetPlatform', 'JSONArgsRecommended', 'WorkdirRelativePath'],
]
/** What changes nothing in the image; a rule in neither list comes between. */
const style: readonly string[] = [
  ...['LegacyKeyValueFormat', 'MaintainerDeprecated', 'InvalidDefinitionDescription'],
  ...['ExposeProtoCasing', 'FromAsCasing', 'StageNameCasing', 'ConsistentInstructionCasing'],
]

function rank(rule: string): number {
  const grave = wrong.indexOf(rule)
  return grave >= 0 ? grave : wrong.length + 1 + style.indexOf(rule)
}

function readCheck(record: CheckRecord, workspace: string, file: string): Check {
  const text = Buffer.from(record.short, 'base64').toString()
  const [, rule = 'Check', message = text] = /^(\w+): (.*?)(?: \(line \d+\))?$/s.exec(text) ?? []
  const own = !record.sourceInfo?.filename || basename(record.sourceInfo.filename) === basename(file)
  const at = own ? sourceLine(workspace, file, record.range?.[0]?.start?.line) : undefined
  return { rule, message, ...(record.url ? { url: record.url } : {}), ...(at ? { at } : {}) }
}

/** The findings, each once however many targets and platforms had it, the gravest first, else in the order of the file. */
export function checksOf(records: readonly CheckRecord[], workspace: string, file: string): readonly Check[] {
  const checks = new Map<string, Check>()
  for (const record of records) {
    const check = readCheck(record, workspace, file)
    checks.set(`${check.rule} ${check.at?.line ?? ''} ${check.message}`, check)
  }
  return [...checks.values()].toSorted((a, b) => rank(a.rule) - rank(b.rule) || (a.at?.line ?? 0) - (b.at?.line ?? 0))
}
