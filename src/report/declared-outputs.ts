/** Every output of the Action, in the order of action.yml. Set as soon as it is known, also when a later stage fails. */
export const declaredOutputs = {
  digest: 'Digest of the image in the registry: the one that was tested.',
  imageid: 'Digest of the image configuration. Not set for an index, as provenance and sbom make one.',
  image: 'First image name with its digest, to deploy by. Set when pushed.',
  tags: 'Every name:tag that was computed, one a line, names as they are written in images.',
  'tag-names': 'The tags alone, one a line.',
  'pushed-tags': 'Every name:tag that was set and asked for again, one a line.',
  labels: 'Labels of the image, name=value, one a line.',
  annotations:
    'Annotations, level:name=value, one a line, as docker/metadata-action gives them. Built in when the input annotations is given.',
  version: 'The first tag: the version of the image.',
  json: 'Tags, labels and annotations as JSON, as docker/metadata-action gives them.',
  metadata: "buildx's metadata of the build, as JSON.",
  pushed: 'true when at least one tag was set; with push: digest, when the digest is in a registry.',
  result: 'passed or failed.',
  'failed-stage': 'Stage that failed: inputs, plan, test, build, inspect, smoke, quality, gate or publish. Empty when none did.',
  'failure-code': 'Why it failed: a heading of docs/troubleshooting.md. Empty when it did not.',
  tests: 'Counts, seconds and failures of the tests, as JSON.',
  smoke: 'What the started image answered, as JSON.',
  metrics: 'With metrics-file, the metrics of the model and how each line of require came out, as JSON.',
  'image-size': 'Compressed size of the image, in bytes; of several platforms that of the largest.',
  'cache-hits': 'Steps of the build that came from the cache, as JSON: {"hit": 3, "total": 8}.',
  plan: 'With dry-run, what a run would do, as JSON: commands with secrets left out, references, and whether and why it would push.',
  report: 'Path of the whole report, a JSON file.',
} as const satisfies Readonly<Record<string, string>>

const { tags, version, json, pushed, result, report } = declaredOutputs

/** Those of them that the sub-action merge sets, in the order of merge/action.yml. */
export const mergeOutputs = {
  digest: 'Digest of the index.',
  image: declaredOutputs.image,
  tags,
  'tag-names': declaredOutputs['tag-names'],
  'pushed-tags': declaredOutputs['pushed-tags'],
  labels: 'What the index says of itself, name=value, one a line.',
  annotations: 'Annotations, level:name=value, one a line, as docker/metadata-action gives them.',
  version,
  json,
  pushed,
  result,
  'failed-stage': 'Stage that failed: inputs, plan or publish. Empty when none did.',
  'failure-code': declaredOutputs['failure-code'],
  report,
} as const satisfies Readonly<Partial<Record<keyof typeof declaredOutputs, string>>>

export type OutputName = keyof typeof declaredOutputs
