import { describe, expect, test } from '@jest/globals'
import { main } from '../../src/main.ts'
import { createEvent } from '../builders.ts'
import { createWorld, givenFor } from '../whole-run.ts'

/** What the annotation says of bad inputs, a problem a line, when nothing was started, asked or written for it. */
async function refusals(input: string, value: string): Promise<readonly string[]> {
  const { host } = createWorld()
  const given = givenFor({ images: 'ghcr.io/acme/iris', username: '', password: '', 'github-token': 'token', [input]: value })
  const { exitCode } = await main(host, given, createEvent(), new AbortController().signal)
  const [annotation] = host.annotations
  expect([exitCode, host.annotations.length, host.argvs().filter((argv) => !argv.startsWith('git ')), host.requests]).toEqual([
    2,
    1,
    [],
    [],
  ])
  return annotation?.message.split('\n').slice(0, -1) ?? []
}

/** How a long value is shown. */
const cut = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}...` : text)

type Row = readonly [line: string, reason: string]

function refused(input: string, example: string, rows: readonly Row[]): void {
  describe(input, () => {
    test.each(rows)('%j %s', async (line, reason) => {
      const shown = line === '' ? 'is empty' : `"${cut(line).replace(/\s+/g, ' ')}"`
      expect(await refusals(input, line)).toEqual([`${input}: ${shown} ${reason}. Example: ${input}: ${example}`])
    })
  })
}

const whereAHost = 'where a registry host such as ghcr.io or localhost:5000 belongs'
const ends = 'which must start and end with a letter or digit'
const between = 'between letters and digits may stand one ., one _, two __, or any number of -'
const allowed = 'allowed are letters, digits, and . _ - / between them'
const alone = 'is a registry alone: the name of the image is missing'
const quoteInside = 'has a quote (") inside a field: quote the whole field, as in "value=a,b", or write no quotes'
const notBoolean = 'which is neither true nor false'

refused('images', 'ghcr.io/acme/iris', [
  ['', 'and is required'],
  ['ghcr.io', alone],
  ['localhost:5000', alone],
  ['ghcr.io/', 'has no name behind the registry'],
  ['ghcr.io/acme/iris:v1', 'has a tag: tags go into the input tags'],
  ['name=acme/iris:v1', 'has "acme/iris:v1", which has a tag: tags go into the input tags'],
  [`ghcr.io/acme/iris@sha256:${'a'.repeat(64)}`, 'has a digest or a user behind or before @: give the name alone'],
  ['https://ghcr.io/acme/iris', 'starts with a scheme: leave out what is before the host, and ://'],
  ['ghcr.io/acme//iris', 'has a / with nothing before or behind it'],
  ['ghcr.io/acme/iris/', 'has a / with nothing before or behind it'],
  ['ghcr.io/acme/iris_', `has the part "iris_", ${ends}`],
  ['ghcr.io/.acme/iris', `has the part ".acme", ${ends}`],
  ['--push', `has the part "--push", ${ends}`],
  ['ghcr.io/acme/a___b', `has the part "a___b"; ${between}`],
  ['ghcr.io/acme/a..b', `has the part "a..b"; ${between}`],
  ['ghcr.io/acme/a-_b', `has the part "a-_b"; ${between}`],
  ['ghcr.io/acme/iris+cpu', `holds "+"; ${allowed}`],
  ['ghcr.io/acme/$(id)', `holds "$"; ${allowed}`],
  ['ghcr.io/acme/${IMAGE}', `holds "$"; ${allowed}`],
  ['ghcr.io/acme/iris v2', 'holds a space or line break: give each name a line of its own'],
  ['acme/iris acme/churn', 'holds a space or line break: give each name a line of its own'],
  ['- acme/iris', 'starts with "- ": the lines are no YAML list, leave that out'],
  ['["acme/iris"]', quoteInside],
  ['ghcr.io/\u0430cme/iris', 'holds "\u0430", which is not plain ASCII'],
  ['host:99999/iris', 'has the port 99999, which is not between 1 and 65535'],
  ['host:0/iris', 'has the port 0, which is not between 1 and 65535'],
  ['host:http/iris', `has "host:http" ${whereAHost}`],
  ['-host.io/iris', `has "-host.io" ${whereAHost}`],
  ['my_host.io/iris', `has "my_host.io" ${whereAHost}`],
  ['[fe80::1%eth0]/iris', `has "[fe80::1%eth0]" ${whereAHost}`],
  ['10.0.0.256/iris', 'has the host "10.0.0.256", which is no address'],
  ['[::::]/iris', 'has the host "[::::]", which is no address'],
  ['f'.repeat(64), 'is 64 hexadecimal digits, which Docker takes for an image id'],
  [`acme/${'a'.repeat(251)}`, 'is longer than 255 characters (256, without the registry)'],
  ['acme/iris,', 'has an empty name: delete the comma too much'],
  ['name=acme/iris,enable=yes', `has enable=yes, ${notBoolean}`],
  ['name=acme/iris,enabled=true', 'has enabled, which is neither name nor enable'],
  ['name=,enable=true', 'has no name of an image'],
  ['enable=true', 'has no name of an image'],
  ['=acme/iris', 'has a field without a name, which is neither name nor enable'],
  ['name=acme/iris,enable=false', 'leaves no image enabled'],
  ['"acme/iris', 'opens a quote (") and does not close it'],
  ['acme/"iris"', quoteInside],
  ['"acme"/iris', 'has text behind a closing quote ("): a quote must close at a comma or at the end'],
])

const types = 'which is none of defaults, schedule, semver, pep440, match, edge, ref, raw, sha'
const takes = 'which no registry takes (at most 128 characters, not starting with . or -)'
const notEvaluated = 'has an expression that cannot be evaluated'
const needsFormat = "a date needs a format, as in {{date 'YYYYMMDD'}}"
const none = 'has a regular expression that is none'

refused('tags', 'type=raw,value=v2', [
  ['type=semver', 'lacks pattern, which type=semver needs: pattern={{version}}'],
  ['type=pep440', 'lacks pattern, which type=pep440 needs: pattern={{version}}'],
  ['type=match', 'lacks pattern, which type=match needs: pattern=\\d.\\d'],
  ['type=match,pattern=v(', `${none} (Invalid regular expression: /v(/: Unterminated group)`],
  ['type=match,pattern=/v(.*)/q', `${none} (Invalid flags supplied to RegExp constructor 'q')`],
  ['type=match,pattern=v(.*),group=one', 'has group=one, which is not the number of a group'],
  ['type=semver,pattern={{version}},match=(', `${none} (Invalid regular expression: /(/: Unterminated group)`],
  ['type=ref', 'lacks event, which must be one of branch, tag, pr'],
  ['type=ref,event=push', 'has event=push, which must be one of branch, tag, pr'],
  ['type=sha,format=tiny', 'has format=tiny, which must be one of short, long'],
  ['type=raw', 'lacks value, which type=raw needs: value=v2'],
  ['type=tag', `has type=tag, ${types}`],
  ['type=Semver,pattern={{version}}', `has type=Semver, ${types}`],
  ['type=', `has type=, ${types}`],
  ['type=raw;value=v1', `has type=raw;value=v1, ${types}`],
  ['type=raw,value=v1,enable=yes', `has enable=yes, ${notBoolean}`],
  ['type=raw,value=v1,enable=True', `has enable=True, ${notBoolean}`],
  ['type=raw,value=v1,enable=', `has enable=, ${notBoolean}`],
  ['type=raw,value=v1,enable={{branch}}', 'has enable={{branch}}, which comes out as "main", neither true nor false'],
  ['latest,enable=maybe', `has enable=maybe, ${notBoolean}`],
  ['type=raw,value=.hidden', `makes the tag ".hidden", ${takes}`],
  ['type=raw,value=-x', `makes the tag "-x", ${takes}`],
  ['type=raw,value=\u00e9', `makes the tag "-", ${takes}`],
  [`type=raw,value=${'v'.repeat(129)}`, `makes the tag "${'v'.repeat(40)}", ${takes}`],
  [`type=raw,value=v1,suffix=${'s'.repeat(130)}`, `makes the tag "v1${'s'.repeat(38)}", ${takes}`],
  ['type=defaults,enable=false', 'has enable, which type=defaults does not take: write the lines out that it stands for'],
  ['- type=sha', 'starts with "- ": the lines are no YAML list, leave that out'],
  ['- v1', 'starts with "- ": the lines are no YAML list, leave that out'],
  ['ghcr.io/acme/iris:v1', 'is a whole reference: give the name in images, and the tag alone here'],
  ['type=raw,value={{', `${notEvaluated} (parse error at {{)`],
  ['type=raw,value={{sha', `${notEvaluated} (parse error at {{sha)`],
  ['type=raw,value=v1,prefix={{x', `${notEvaluated} (parse error at {{x)`],
  ['type=raw,value={{#if}}x{{/if}}', `${notEvaluated} (#if requires exactly one argument)`],
  ['type=raw,value={{date}}', `${notEvaluated} (${needsFormat})`],
  ["type=raw,value={{date 'YYYY' zone='UTC'}}", `${notEvaluated} (Unknown zone attribute)`],
  ['type=raw,value="v1', quoteInside],
  ['type=raw,value="a"b', quoteInside],
])

refused('flavor', 'suffix=-cpu,onlatest=true', [
  ['latest', 'has "latest", which is not NAME=VALUE'],
  ['latest=maybe', 'has latest=maybe, which is none of auto, true, false'],
  ['latest=True', 'has latest=True, which is none of auto, true, false'],
  ['latest=', 'has latest=, which is none of auto, true, false'],
  ['prefx=v', 'has prefx, which is none of latest, prefix, suffix, onlatest'],
  ['=v', 'has a field without a name, which is none of latest, prefix, suffix, onlatest'],
  ['prefix=v,onlatest=yes', `has onlatest=yes, ${notBoolean}`],
  ['onlatest=', `has onlatest=, ${notBoolean}`],
  ['prefix="v', quoteInside],
  ['prefix={{', `${notEvaluated} (parse error at {{)`],
  ['prefix=.,onlatest=true', `makes the tag ".latest", ${takes}`],
  [`suffix=${'x'.repeat(130)},onlatest=true`, `makes the tag "latest${'x'.repeat(34)}", ${takes}`],
])

const title = 'org.opencontainers.image.title=Iris'
for (const input of ['labels', 'annotations']) {
  refused(input, title, [
    ['a={{', `${notEvaluated} (parse error at a={{)`],
    ['a={{date}}', `${notEvaluated} (${needsFormat})`],
    ["a={{date 'YYYY' tz=5}}", `${notEvaluated} (Time zone name must be a string, got 5 [number])`],
  ])
}

refused('registry', 'ghcr.io', [
  ['https://', 'names no registry host such as ghcr.io or localhost:5000'],
  ['ghcr.io/acme', `has "ghcr.io/acme" ${whereAHost}`],
  ['user@ghcr.io', `has "user@ghcr.io" ${whereAHost}`],
  ['ghcr io', `has "ghcr io" ${whereAHost}`],
  ['ghcr.io:99999', 'has the port 99999, which is not between 1 and 65535'],
  ['quay.io', 'is not the registry of any image in images (ghcr.io)'],
])

test('every bad line of an input is told, each with its own', async () => {
  expect(
    (await refusals('tags', 'type=tag\n# fine\ntype=sha\nlatest,enable=no\ntype=raw,value=.x')).map((text) => text.split(' ')[1]),
  ).toEqual(['"type=tag"', '"latest,enable=no"', '"type=raw,value=.x"'])
})
