import { describe, expect, test } from '@jest/globals'
import type { JobName } from '../payloads.ts'
import { type Asked, told } from './tagging.ts'

/**
 * Tags as docker/metadata-action v6 gives them, job by job; a star marks those that move. The cases were held against
 * its own answers: what differs is in the tables that say so.
 */
type Row = readonly [job: JobName, tags: string, expected: string]
type FlavoredRow = readonly [job: JobName, tags: string, flavor: string, expected: string]

async function holds(job: JobName, asked: Asked, expected: string): Promise<void> {
  const got = await told(job, asked)
  if (expected.startsWith('refused')) expect(got).toContain(expected)
  else expect(got).toBe(expected)
}

describe('schedule: on events of that name', () => {
  test.each<Row>([
    ['main', 'type=schedule', ''],
    ['schedule', 'type=schedule', 'nightly*'],
    ['schedule', 'type=schedule,pattern=weekly', 'weekly*'],
    ['schedule', "type=schedule,pattern={{date 'YYYYMMDD'}}", '20260708*'],
    ['schedule', "type=schedule,pattern={{date 'YYYYMMDD-HHmm' tz='Asia/Tokyo'}}", '20260708-1810*'],
    ['schedule', "type=schedule,pattern={{commit_date 'YYYYMMDD'}}", '20260708*'],
    ['schedule', 'type=schedule,pattern={{branch}}x', 'x*'],
    ['schedule', 'type=schedule,pattern=', ''],
    ['schedule', 'type=schedule,prefix=a-,suffix=-z', 'a-nightly-z*'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('semver: of a pushed tag, or of value', () => {
  test.each<Row>([
    ['main', 'type=semver,pattern={{version}}', ''],
    ['v1.2.3', 'type=semver,pattern={{version}}', '1.2.3 latest*'],
    ['v1.2.3', 'type=semver,pattern={{raw}}', 'v1.2.3 latest*'],
    ['v1.2.3', 'type=semver,pattern={{ raw }}', 'v1.2.3 latest*'],
    ['v1.2.3', 'type=semver,pattern={{{raw}}}', 'v1.2.3 latest*'],
    ['v1.2.3', 'type=semver,pattern=v{{version}}', 'v1.2.3 latest*'],
    ['v1.2.3', 'type=semver,pattern={{major}}', '1* latest*'],
    ['v1.2.3', 'type=semver,pattern={{major}}.{{minor}}', '1.2* latest*'],
    ['v1.2.3', 'type=semver,pattern={{major}}.{{minor}}.{{patch}}', '1.2.3 latest*'],
    ['v1.2.3', 'type=semver,pattern={{branch}}x{{foo}}', 'x* latest*'],
    ['v1.2.3', 'type=semver,pattern={{format}}x', 'x* latest*'],
    ['v1.2.3', 'type=semver,pattern=', ''],
    ['v1.2.3', 'type=semver,pattern={{#if major}}v{{major}}{{else}}zero{{/if}}', 'v1* latest*'],
    ['v1.2.3', 'type=semver,pattern={{version', 'refused: has an expression that cannot be evaluated'],
    ['v1.2.3', 'type=semver', 'refused: lacks pattern, which type=semver needs: pattern={{version}}'],
    ['v1.2.3', 'type=semver,pattern={{version}},enable=false', ''],
    ['v1.2.3', 'type=semver,pattern={{version}},suffix=-{{sha}}', '1.2.3-90dd603 latest*'],
    ['v1.2.3', 'type=semver,pattern={{major}},suffix=-{{sha}}', '1-90dd603 latest*'],
    ['v2.1.0-rc.1', 'type=semver,pattern={{version}}', '2.1.0-rc.1'],
    ['v2.1.0-rc.1', 'type=semver,pattern={{major}}.{{minor}}', '2.1.0-rc.1'],
    ['v2.1.0-rc.1', 'type=semver,pattern={{raw}}', 'v2.1.0-rc.1'],
    ['v2.1.0-rc.1', 'type=semver,pattern={{ raw }}-x', '2.1.0-rc.1'],
    ['v2.1.0-rc.1', 'type=semver,pattern={{this.raw}}', 'v2.1.0-rc.1'],
    ['1.2.3+cu121', 'type=semver,pattern={{version}}', '1.2.3 latest*'],
    ['1.2.3+cu121', 'type=semver,pattern={{raw}}', '1.2.3-cu121 latest*'],
    ['iris/v1.2.3', 'type=semver,pattern={{version}}', ''],
    ['iris/v1.2.3', 'type=semver,pattern={{version}},match=iris/(.*)', '1.2.3 latest*'],
    [
      'iris/v1.2.3',
      'type=semver,pattern={{version}},match=iris/v.*',
      'refused: has a match without a group that takes part: put brackets around the version, as in v(.*)',
    ],
    ['v1.2.3', 'type=semver,pattern={{version}},match=iris/(.*)', '1.2.3 latest*'],
    ['v1.2.3', 'type=semver,pattern={{version}},match=[', 'refused: has a regular expression that is none'],
    [
      'v1.2.3',
      'type=semver,pattern={{version}},match=(x)?v',
      'refused: has a match without a group that takes part: put brackets around the version, as in v(.*)',
    ],
    ['nightly', 'type=semver,pattern={{version}}', ''],
    ['1.2.3rc2', 'type=semver,pattern={{version}}', ''],
    ['2026.7', 'type=semver,pattern={{version}}', ''],
    ['main', 'type=semver,pattern={{version}},value=v3.2.1', '3.2.1 latest*'],
    ['main', 'type=semver,pattern={{major}}.{{minor}},value=v3.2.1', '3.2* latest*'],
    ['main', 'type=semver,pattern={{version}},value={{branch}}', ''],
    ['main', 'type=semver,pattern={{version}},value=', ''],
    ['v1.2.3', 'type=semver,pattern={{version}},value={{tag}}', '1.2.3 latest*'],
    ['main', 'type=semver,pattern={{version}},value=1.2.3-a/b', '1.2.3-a-b'],
    ['main', 'type=semver,pattern={{version}},value=1.2.3-a/b,match=(.*)', '1.2.3-a-b'],
    ['pull', 'type=semver,pattern={{raw}},value=1.2.3-rc.1+b.5', '1.2.3-rc.1-b.5'],
    ['dispatch on a tag', 'type=semver,pattern={{major}}.{{minor}}', '3.2* latest*'],
    ['annotated v2.0.0', 'type=semver,pattern={{major}}.{{minor}}', '2.0* latest*'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('pep440: the same by the rules of Python', () => {
  test.each<Row>([
    ['v1.2.3', 'type=pep440,pattern={{version}}', '1.2.3 latest*'],
    ['v1.2.3', 'type=pep440,pattern={{raw}}', 'v1.2.3 latest*'],
    ['v1.2.3', 'type=pep440,pattern={{major}}.{{minor}}', '1.2* latest*'],
    ['2026.7', 'type=pep440,pattern={{version}}', '2026.7 latest*'],
    ['2026.7', 'type=pep440,pattern={{major}}.{{minor}}.{{patch}}', '2026.7.0 latest*'],
    ['2026.7', 'type=pep440,pattern={{major}}', '2026* latest*'],
    ['1.2.3rc2', 'type=pep440,pattern={{version}}', '1.2.3rc2'],
    ['1.2.3rc2', 'type=pep440,pattern={{major}}.{{minor}}', '1.2.3rc2'],
    ['1.2.3rc2', 'type=pep440,pattern={{raw}}', '1.2.3rc2'],
    ['1.2.post1', 'type=pep440,pattern={{major}}.{{minor}}', '1.2.post1'],
    ['1.0.dev4', 'type=pep440,pattern={{major}}', '1.0.dev4'],
    ['1.2.3+cu121', 'type=pep440,pattern={{version}}', '1.2.3-cu121 latest*'],
    ['v2.1.0-rc.1', 'type=pep440,pattern={{version}}', '2.1.0rc1'],
    ['v2.1.0-rc.1', 'type=pep440,pattern={{raw}}', 'v2.1.0-rc.1'],
    ['nightly', 'type=pep440,pattern={{version}}', ''],
    ['main', 'type=pep440,pattern={{version}},value=V1.0.0-ALPHA', '1.0.0a0'],
    ['main', 'type=pep440,pattern={{raw}},value=1.0.0-alpha', '1.0.0-alpha'],
    ['main', 'type=pep440,pattern={{raw}}-x,value=1.0.0-alpha', '1.0.0a0'],
    ['main', 'type=pep440,pattern={{#if minor}}{{minor}}{{else}}none{{/if}},value=1.0', 'none* latest*'],
    ['main', 'type=pep440,pattern={{version}},value=1!2.3', '1-2.3 latest*'],
    ['iris/v1.2.3', 'type=pep440,pattern={{version}},match=iris/v(.*)', '1.2.3 latest*'],
    ['main', 'type=pep440', 'refused: lacks pattern, which type=pep440 needs: pattern={{version}}'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('match: a group of a regular expression', () => {
  test.each<Row>([
    ['v1.2.3', 'type=match,pattern=\\d.\\d.\\d', '1.2.3* latest*'],
    ['v1.2.3', 'type=match,pattern=v(.*),group=1', '1.2.3* latest*'],
    ['v1.2.3', 'type=match,pattern=/V(\\d)/i,group=1', '1* latest*'],
    ['v1.2.3', 'type=match,pattern=/(\\d)/g,group=1', '2* latest*'],
    ['v1.2.3', 'type=match,pattern=v(.*),group=2', ''],
    ['v1.2.3', 'type=match,pattern=v(.*),group=01', ''],
    ['v1.2.3', 'type=match,pattern=v(.*),group=x', 'refused: has group=x, which is not the number of a group'],
    ['v1.2.3', 'type=match,pattern=v(.*),group=', ''],
    ['v1.2.3', 'type=match,pattern=x(.*)', ''],
    ['v1.2.3', 'type=match,pattern=(', 'refused: has a regular expression that is none'],
    ['v1.2.3', 'type=match,pattern=/v/zz', 'refused: has a regular expression that is none'],
    ['v1.2.3', 'type=match', 'refused: lacks pattern, which type=match needs: pattern=\\d.\\d'],
    ['main', 'type=match,pattern=.*', ''],
    ['main', 'type=match,pattern=(.*),value={{branch}}-7', 'main-7* latest*'],
    ['iris/v1.2.3', 'type=match,pattern=.*', 'iris-v1.2.3* latest*'],
    ['iris/v1.2.3', 'type=match,pattern=(\\w+)/v(.*),group=2', '1.2.3* latest*'],
    ['v1.2.3', '"type=match,""pattern=v(\\d{1,3}).(\\d{1,3})"",group=2"', '2* latest*'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('edge: on the default branch, or the one it names', () => {
  test.each<Row>([
    ['main', 'type=edge', 'edge*'],
    ['dev', 'type=edge', ''],
    ['dev', 'type=edge,branch=dev', 'edge*'],
    ['main', 'type=edge,branch=', 'edge*'],
    ['main', 'type=edge,branch={{branch}}', ''],
    ['v1.2.3', 'type=edge', ''],
    ['schedule', 'type=edge,suffix=-{{branch}}', 'edge-main*'],
    ['empty payload', 'type=edge', 'edge*'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('ref: the branch, the tag or the pull request', () => {
  test.each<Row>([
    ['main', 'type=ref,event=branch', 'main*'],
    ['feature/a&b', 'type=ref,event=branch', 'feature-a-b*'],
    ['feature/a&b', 'type=ref,event=branch,suffix=-{{branch}}', 'feature-a-b-feature-a-amp-b*'],
    ['v1.2.3', 'type=ref,event=branch', ''],
    ['pull', 'type=ref,event=branch', ''],
    ['merge group', 'type=ref,event=branch', 'gh-readonly-queue-main-pr-17-abc*'],
    ['main', 'type=ref,event=branch,prefix=git-', 'git-main*'],
    ['v1.2.3', 'type=ref,event=tag', 'v1.2.3 latest*'],
    ['v2.1.0-rc.1', 'type=ref,event=tag', 'v2.1.0-rc.1 latest*'],
    ['iris/v1.2.3', 'type=ref,event=tag', 'iris-v1.2.3 latest*'],
    ['main', 'type=ref,event=tag', ''],
    ['create tag', 'type=ref,event=tag', 'v1.1.1 latest*'],
    ['pull', 'type=ref,event=pr', 'pr-17*'],
    ['fork', 'type=ref,event=pr', 'pr-17*'],
    ['pull target', 'type=ref,event=pr', 'pr-17*'],
    ['review', 'type=ref,event=pr', 'pr-17*'],
    ['closed pull', 'type=ref,event=pr', ''],
    ['pull', 'type=ref,event=pr,prefix=', '17*'],
    ['pull', 'type=ref,event=pr,suffix=-{{base_ref}}', 'pr-17-release-2.x*'],
    ['main', 'type=ref,event=pr', ''],
    ['main', 'type=ref', 'refused: lacks event, which must be one of branch, tag, pr'],
    ['main', 'type=ref,event=push', 'refused: has event=push, which must be one of branch, tag, pr'],
    ['detached', 'type=ref,event=branch', ''],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('raw: what is written, and expressions', () => {
  test.each<Row>([
    ['main', 'type=raw,value=stable', 'stable*'],
    ['main', 'type=raw,stable', 'stable*'],
    ['main', 'type=raw,=x,prefix=p', 'p-x*'],
    ['main', 'type=raw', 'refused: lacks value, which type=raw needs: value=v2'],
    ['main', 'type=raw,value=', ''],
    ['main', 'type=raw,value=,prefix=only', 'only*'],
    ['main', 'type=raw,value=a=b', 'a-b*'],
    ['main', 'type=raw,value=a b c', 'a-b-c*'],
    ['main', 'type=raw,value={{branch}}-{{sha}}', 'main-90dd603'],
    ['v1.2.3', 'type=raw,value={{tag}}', 'v1.2.3*'],
    ['v1.2.3', 'type=raw,value=on-{{base_ref}}', 'on-main*'],
    ['pull', 'type=raw,value={{base_ref}}', 'release-2.x*'],
    ['main', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['dev', 'type=raw,value=latest,enable={{is_default_branch}}', ''],
    ['schedule', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['issues', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['bare issues', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['issue comment', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['discussion', 'type=raw,value=x{{is_not_default_branch}}', 'xfalse*'],
    ['create branch', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['create tag', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['delete', 'type=raw,value=latest,enable={{is_default_branch}}', 'latest*'],
    ['detached', 'type=raw,value=x{{is_default_branch}}', 'xfalse*'],
    ['empty payload', 'type=raw,value=x{{is_default_branch}}', 'xfalse*'],
    ['main', "type=raw,value={{date 'YYYYMMDD'}}", '20260708*'],
    ['main', "type=raw,value={{date 'YYYYMMDDHHmmss' tz='Europe/Berlin'}}", '20260708111011*'],
    ['main', "type=raw,value={{commit_date 'YYYYMMDDHHmmss'}}", '20260304030607*'],
    ['main', "type=raw,value={{commit_date 'YYYYMMDDHHmmss' tz='America/New_York'}}", '20260303220607*'],
    ['pull', "type=raw,value={{commit_date 'YYYYMMDD'}}", '20260708*'],
    ['main', 'type=raw,value={{date}}', 'refused: has an expression that cannot be evaluated'],
    ['main', "type=raw,value={{date 'YYYY' zone='UTC'}}", 'refused: has an expression that cannot be evaluated (Unknown zone attribute)'],
    ['main', "type=raw,value={{date 'YYYY' tz=5}}", 'refused: has an expression that cannot be evaluated'],
    ['main', "type=raw,value={{date 'YYYY' tz='No/Where'}}", '2026*'],
    ['main', 'type=raw,value={{nope}}z', 'z*'],
    ['main', 'type=raw,value={{branch', 'refused: has an expression that cannot be evaluated'],
    ['main', 'type=raw,value={{#if tag}}t{{else}}n{{/if}}', 'n*'],
    ['main', "type=raw,value={{log 'x'}}quiet", 'quiet*'],
    ['main', 'type=raw,value={{> partial}}', 'refused: has an expression that cannot be evaluated'],
    ['main', 'type=raw,value=x,enable={{is_not_default_branch}}', ''],
    ['main', 'type=raw,value=x,enable=yes', 'refused: has enable=yes, which is neither true nor false'],
    ['main', 'type=raw,value=x,enable={{branch}}', 'refused: has enable={{branch}}, which comes out as "main", neither true nor false'],
    ['main', 'type=raw,value=x,prefix={{branch}}-,suffix=-{{sha}}', 'main-x-90dd603'],
    ['main', "type=raw,value=x,suffix=-{{date 'YYYY'}}", 'x-2026*'],
    ['feature/a&b', 'type=raw,value={{branch}}', 'feature-a-amp-b*'],
    ['feature/a&b', 'type=raw,value={{{branch}}}', 'feature-a-b*'],
    ['nothing', 'type=raw,value=x{{sha}}', 'x'],
    [
      'main',
      'type=raw,value="quoted"',
      'refused: has a quote (") inside a field: quote the whole field, as in "value=a,b", or write no quotes',
    ],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('sha: the commit', () => {
  test.each<Row>([
    ['main', 'type=sha', 'sha-90dd603'],
    ['main', 'type=sha,format=long', 'sha-90dd6032fac8bda1b6c4436a2e65de27961ed071'],
    ['main', 'type=sha,format=medium', 'refused: has format=medium, which must be one of short, long'],
    ['main', 'type=sha,prefix=', '90dd603'],
    ['main', 'type=sha,prefix=git-,suffix=-z', 'git-90dd603-z'],
    ['main', 'type=sha,enable={{is_not_default_branch}}', ''],
    ['pull', 'type=sha', 'sha-90dd603'],
    ['pull target', 'type=sha', 'sha-90dd603'],
    ['nothing', 'type=sha', ''],
    ['main', 'type=shaa,type=sha', 'refused: has type=shaa, which is none of defaults, schedule'],
    ['main', 'type=sha,color=blue', 'sha-90dd603'],
    ['main', '- type=sha', 'refused: starts with "- ": the lines are no YAML list'],
    ['main', 'type=sha,type=raw,value=q', 'q*'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('several lines: by priority; the first alone decides on latest', () => {
  test.each<Row>([
    ['schedule', 'type=schedule\ntype=ref,event=branch', 'nightly* main*'],
    [
      'v1.2.3',
      'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}.{{minor}}\ntype=semver,pattern={{major}}',
      '1.2.3 1.2* 1* latest*',
    ],
    ['release', 'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}', '1.4.2 1* latest*'],
    ['main', 'type=sha\ntype=ref,event=branch\nstable', 'main* stable* sha-90dd603'],
    ['main', 'type=sha,priority=601\ntype=ref,event=branch', 'sha-90dd603 main*'],
    ['main', 'a\nb,priority=200\nc,priority=201\nd,priority=x', 'c* a* b* d*'],
    ['main', 'a,priority=\nb,priority=-1\nc,priority=0x10', 'c* a* b*'],
    ['v1.2.3', 'type=raw,value=x,priority=1000\ntype=semver,pattern={{version}}', 'x* 1.2.3'],
    ['v1.2.3', 'type=semver,pattern={{version}}\ntype=ref,event=tag\ntype=sha', '1.2.3 v1.2.3 sha-90dd603 latest*'],
    ['v2.1.0-rc.1', 'type=semver,pattern={{version}}\ntype=ref,event=tag', '2.1.0-rc.1 v2.1.0-rc.1'],
    ['v1.2.3', 'type=semver,pattern={{version}}\ntype=pep440,pattern={{version}}', '1.2.3 latest*'],
    ['main', 'same\nsame', 'same*'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('how lines are read', () => {
  test.each<Row>([
    ['main', 'stable', 'stable*'],
    ['main', 'Type=SHA', 'refused: has type=SHA, which is none of defaults, schedule, semver, pep440, match, edge, ref, raw, sha'],
    ['main', 'type=Sha', 'refused: has type=Sha, which is none of defaults, schedule, semver, pep440, match, edge, ref, raw, sha'],
    ['main', 'type=', 'refused: has type=, which is none of defaults, schedule, semver, pep440, match, edge, ref, raw, sha'],
    ['main', 'TYPE=sha , FORMAT = long ', 'sha-90dd6032fac8bda1b6c4436a2e65de27961ed071'],
    ['main', '# only a comment\na', 'a*'],
    ['main', 'a # no comment', 'a-no-comment*'],
    ['main', '"type=raw,value=quoted"', 'quoted*'],
    ['main', '"a', 'refused: opens a quote (") and does not close it'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('what no registry takes is made fit, where docker/metadata-action gives it as it is', () => {
  test.each<Row>([
    ['-ünï', 'type=ref,event=branch', 'n-*'],
    [
      'long branch',
      'type=ref,event=branch',
      'part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-part-7f6c51ce*',
    ],
    ['v1.2.3', 'type=raw,value=[{{branch}}]', ''],
    ['main', 'type=raw,value=\\{{branch}}', 'branch-*'],
    ['main', 'type=raw,value=-x', 'x*'],
    ['main', 'type=raw,value=.x', 'x*'],
    ['main', ' #b\na', 'b* a*'],
  ])('%s: %s -> %s', (job, tags, expected) => holds(job, { tags }, expected))
})

describe('flavor: what all tags get', () => {
  test.each<FlavoredRow>([
    ['schedule', 'type=schedule', 'latest=true', 'nightly* latest*'],
    ['v1.2.3', 'type=semver,pattern={{version}}', 'latest=false', '1.2.3'],
    ['v1.2.3', 'type=semver,pattern={{version}}', 'prefix=p-,suffix=-cpu', 'p-1.2.3-cpu latest*'],
    ['v1.2.3', 'type=semver,pattern={{version}}', 'prefix=p-,onlatest=true,suffix=-cpu,onlatest=true', 'p-1.2.3-cpu p-latest-cpu*'],
    ['v1.2.3', 'type=semver,pattern={{version}},prefix=,suffix=', 'prefix=p-\nsuffix=-cpu', '1.2.3 latest*'],
    ['v2.1.0-rc.1', 'type=semver,pattern={{version}}', 'latest=true', '2.1.0-rc.1 latest*'],
    ['v1.2.3', 'type=match,pattern=v(.*)', 'latest=false', 'v1.2.3*'],
    ['main', 'type=ref,event=branch', 'prefix=p-\nsuffix=-s\nlatest=true', 'p-main-s* latest*'],
    ['v1.2.3', 'type=ref,event=tag', 'latest=false', 'v1.2.3'],
    ['pull', 'type=ref,event=pr', 'prefix=p-', 'pr-17*'],
    ['main', 'type=sha', 'prefix=p-,suffix=-s', 'sha-90dd603-s'],
    ['main', 'latest\ntype=sha', 'latest=true', 'latest* sha-90dd603'],
    ['main', 'a', 'latest=yes', 'refused: has latest=yes, which is none of auto, true, false'],
    ['main', 'a', 'latest', 'refused: has "latest", which is not NAME=VALUE'],
    ['main', 'a', 'onlatest=true', 'a*'],
    ['main', 'a', 'prefix=p-,onlatest=false\nlatest=true', 'p-a* latest*'],
    ['main', 'a', 'onlatest=maybe', 'refused: has onlatest=maybe, which is neither true nor false'],
    ['main', 'a', 'colour=blue', 'refused: has colour, which is none of latest, prefix, suffix, onlatest'],
    ['main', 'a', 'prefix=x=y', 'xa*'],
    ['main', 'a', 'LATEST=true', 'a* latest*'],
    ['main', 'a', 'prefix={{branch}}-,onlatest=true\nlatest=true', 'main-a* branch--latest*'],
    ['main', 'a', 'suffix=-{{sha}}', 'a-90dd603'],
    ['main', 'a', 'suffix=-{{nope', 'refused: has an expression that cannot be evaluated'],
  ])('%s: %s with %s -> %s', (job, tags, flavor, expected) => holds(job, { tags, flavor }, expected))
})

describe('our defaults, and a line type=defaults: PEP 440 only where it is not semver, the head of a pull request, latest on the default branch alone', () => {
  test.each<FlavoredRow>([
    ['main', '', '', 'sha-90dd603 latest*'],
    ['dev', '', '', 'dev* sha-90dd603'],
    ['v1.2.3', '', '', '1.2.3 1.2* sha-90dd603'],
    ['v2.1.0-rc.1', '', '', '2.1.0-rc.1 sha-90dd603'],
    ['1.2.3rc2', '', '', '1.2.3rc2 sha-90dd603'],
    ['2026.7', '', '', '2026.7 sha-90dd603'],
    ['1.2.3+cu121', '', '', '1.2.3 1.2* sha-90dd603'],
    ['iris/v1.2.3', '', '', 'sha-90dd603'],
    ['nightly', '', '', 'sha-90dd603'],
    ['release', '', '', '1.4.2 1.4* sha-90dd603'],
    ['pull', '', '', 'pr-17* sha-45617a1'],
    ['fork', '', '', 'pr-17* sha-45617a1'],
    ['closed pull', '', '', 'pr-17* sha-45617a1'],
    ['pull target', '', '', 'pr-17* sha-45617a1'],
    ['review comment', '', '', 'pr-17* sha-45617a1'],
    ['schedule', '', '', 'sha-90dd603 latest*'],
    ['dispatch', '', '', 'sha-90dd603 latest*'],
    ['dispatch on dev', '', '', 'dev* sha-90dd603'],
    ['repository dispatch', '', '', 'sha-90dd603 latest*'],
    ['workflow run', '', '', 'sha-90dd603 latest*'],
    ['merge group', '', '', 'gh-readonly-queue-main-pr-17-abc* sha-90dd603'],
    ['issues', '', '', 'sha-90dd603 latest*'],
    ['create branch', '', '', 'dev* sha-90dd603'],
    ['create tag', '', '', '1.1.1 1.1* sha-90dd603'],
    ['detached', '', '', 'sha-90dd603'],
    ['nothing', '', '', ''],
    ['-ünï', '', '', 'n-* sha-90dd603'],
    ['v1.2.3', '', 'latest=auto', '1.2.3 1.2* sha-90dd603 latest*'],
    ['v1.2.3', '', 'suffix=-cpu,onlatest=true', '1.2.3-cpu 1.2-cpu* sha-90dd603-cpu'],
    ['main', '', 'suffix=-cpu', 'sha-90dd603-cpu latest-cpu*'],
    ['main', 'type=defaults', '', 'sha-90dd603 latest*'],
    ['v1.2.3', 'type=defaults', '', '1.2.3 1.2* sha-90dd603'],
    ['v1.2.3', 'type=defaults\ntype=semver,pattern={{major}}', '', '1.2.3 1.2* 1* sha-90dd603'],
    ['main', 'type=defaults\nstable', '', 'sha-90dd603 latest* stable*'],
    [
      'main',
      'type=defaults,enable=true',
      '',
      'refused: has enable, which type=defaults does not take: write the lines out that it stands for',
    ],
  ])('%s: %s with %s -> %s', (job, tags, flavor, expected) => holds(job, { tags, flavor }, expected))
})
