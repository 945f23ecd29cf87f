/** A line of the input `tags`, by the grammar of docker/metadata-action v6. Texts may hold expressions. */
export type TagRule = Readonly<{
  /** The line as given, for messages. */
  line: string
  /** Rules of our defaults know the run better: the head of a pull request, the default branch by the API. */
  from: 'user' | 'defaults'
  /** Must come out as `true` or `false`. */
  enable: string
  /** Higher comes first. NaN, as theirs, when it was no number. */
  priority: number
  /** Given, even empty, they replace those of the flavor. */
  prefix?: string
  suffix?: string
}> &
  (
    | Readonly<{ type: 'schedule'; pattern: string }>
    | Readonly<{ type: 'semver' | 'pep440'; pattern: string; value: string; match: string }>
    | Readonly<{ type: 'match'; pattern: string; group: string; value: string }>
    | Readonly<{ type: 'edge'; branch: string }>
    | Readonly<{ type: 'ref'; event: 'branch' | 'tag' | 'pr' }>
    | Readonly<{ type: 'raw'; value: string }>
    | Readonly<{ type: 'sha'; format: 'short' | 'long' }>
  )

export type RuleType = TagRule['type']

export const priorities: Readonly<Record<RuleType, number>> = {
  schedule: 1000,
  semver: 900,
  pep440: 900,
  match: 800,
  edge: 700,
  ref: 600,
  raw: 200,
  sha: 100,
}

/** Attributes that a type reads beside enable, priority, prefix and suffix. */
export const attributes: Readonly<Record<RuleType, readonly string[]>> = {
  schedule: ['pattern'],
  semver: ['pattern', 'value', 'match'],
  pep440: ['pattern', 'value', 'match'],
  match: ['pattern', 'group', 'value'],
  edge: ['branch'],
  ref: ['event'],
  raw: ['value'],
  sha: ['format'],
}
export const commonAttributes = ['enable', 'priority', 'prefix', 'suffix']

/** The tags of a run without `tags`, and what a line `type=defaults` stands for; with `latest=false` in the flavor. */
export const defaultLines = [
  'type=semver,pattern={{version}}',
  'type=semver,pattern={{major}}.{{minor}}',
  'type=pep440,pattern={{version}}',
  'type=ref,event=pr',
  'type=ref,event=branch,enable={{is_not_default_branch}}',
  'type=sha,priority=300',
  'type=raw,value=latest,enable={{is_default_branch}}',
] as const

export const ruleTypes = Object.keys(priorities) as readonly RuleType[]
