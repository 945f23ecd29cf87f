import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ownRules, ruleIds, rules } from '../../../src/inspect/leaks/rules.ts'
import { createSearch, isForeign } from '../../../src/inspect/leaks/search.ts'

const search = createSearch([])

/** So many characters of an alphabet, the same at every run and nobody's: a scanner of this repository finds no token in it. */
function random(length: number, alphabet: string, seed = ''): string {
  let text = ''
  for (let round = 0; text.length < length; round++)
    for (const byte of createHash('sha512').update(`${seed}${alphabet}${round}`).digest()) text += alphabet[byte % alphabet.length]
  return text.slice(0, length)
}
const digits = '0123456789'
const hex = `${digits}abcdef`
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const alnum = `${digits}${upper}${upper.toLowerCase()}`
const base64 = `${alnum}+/`
const url = `${alnum}_-`
const pem = (kind: string) => `-----BEGIN ${kind}-----\n${random(64, base64, kind)}\n${random(64, base64)}\n-----END ${kind}-----\n`

/** A rule, a text that it finds, and where (a path, for rules that are about files). */
const found: readonly (readonly [string, string, string?])[] = [
  ['private-key', pem('PRIVATE KEY')],
  ['private-key', pem('RSA PRIVATE KEY')],
  ['private-key', pem('EC PRIVATE KEY')],
  ['private-key', pem('OPENSSH PRIVATE KEY')],
  ['private-key', pem('PGP PRIVATE KEY BLOCK').replace('-----\n', '-----\nVersion: GnuPG v2\n\n')],
  ['private-key', JSON.stringify({ key: pem('PRIVATE KEY') })],
  ['private-key', `KEY = """${pem('PRIVATE KEY').replaceAll('\n', '\r\n')}"""`],
  ['private-key', pem('RSA PRIVATE KEY').replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\n')],
  ['encrypted-key', pem('ENCRYPTED PRIVATE KEY')],
  ['putty-key', `PuTTY-User-Key-File-3: ssh-ed25519\nComment: x\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n${random(44, base64)}\n`],
  ['age-key', `AGE-SECRET-KEY-1${random(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`],
  ['aws-access-key', `aws_access_key_id = AKIA${random(16, `${upper}234567`)}`],
  ['aws-access-key', `{"AccessKeyId": "ASIA${random(16, `${upper}234567`)}"}`],
  ['aws-secret-key', `AWS_SECRET_ACCESS_KEY="${random(40, base64)}"`],
  ['aws-secret-key', `aws_secret_access_key: ${random(40, base64)}\n`],
  ['github-token', `token = "ghp_${random(36, alnum)}"`],
  ['github-token', `ghs_${random(36, alnum)}`],
  ['github-fine-grained-token', `github_pat_${random(22, alnum)}_${random(59, alnum)}`],
  ['gitlab-token', `glpat-${random(20, url)}`],
  ['slack-token', `xoxb-${random(12, digits)}-${random(12, digits)}-${random(24, alnum)}`],
  ['slack-webhook', `https://hooks.slack.com/services/T${random(8, upper)}/B${random(8, upper)}/${random(24, alnum)}`],
  ['google-api-key', `key=AIza${random(35, url)}`],
  ['google-service-account', `{"type": "service_account", "private_key_id": "${random(40, hex)}"}`],
  ['google-oauth-token', `GOCSPX-${random(28, url)}`],
  ['azure-storage-key', `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${random(86, base64)}==;`],
  ['azure-client-secret', `"${random(3, alnum)}8Q~${random(34, alnum)}"`],
  ['huggingface-token', `HfApi(token="hf_${random(34, alnum)}")`],
  ['openai-key', `sk-${random(20, alnum)}T3BlbkFJ${random(20, alnum)}`],
  ['openai-key', `sk-proj-${random(74, url)}T3BlbkFJ${random(74, url)}`],
  ['anthropic-key', `sk-ant-api03-${random(93, url)}AA`],
  ['replicate-token', `r8_${random(37, alnum)}`],
  ['groq-key', `gsk_${random(52, alnum)}`],
  ['nvidia-key', `nvapi-${random(64, url)}`],
  ['langsmith-key', `lsv2_pt_${random(32, hex)}_${random(10, hex)}`],
  ['databricks-token', `token = dapi${random(32, hex)}`],
  ['wandb-key', `wandb_v1_${random(77, url)}`],
  ['npm-token', `npm_${random(36, alnum)}`],
  ['pypi-token', `pypi-AgEIcHlwaS5vcmc${random(100, url)}`],
  ['docker-hub-token', `dckr_pat_${random(27, url)}`],
  ['stripe-key', `sk_live_${random(24, alnum)}`],
  ['sendgrid-key', `SG.${random(22, url)}.${random(43, url)}`],
  ['digitalocean-token', `dop_v1_${random(64, hex)}`],
  ['vault-token', `hvs.${random(95, url)}`],
  ['grafana-token', `glsa_${random(32, alnum)}_${random(8, hex)}`],
  ['url-password', 'postgresql://model:Gk39dkQ20s@db.internal:5432/features'],
  ['url-password', 'index-url = https://ci:pW93-kd02jF@pypi.acme.dev/simple'],
  ['json-web-token', `eyJ${random(30, alnum)}.eyJ${random(60, alnum)}.${random(43, url)}`],
  ['dotenv', 'PORT=8000\nDB_PASSWORD=kX92jf0s-dkf3\n', '/app/.env'],
  ['dotenv', `export API_KEY='${random(32, hex)}'\n`, '/srv/.env.production'],
  ['dotenv', `OPENAI_KEY=${random(40, alnum)}`, '/app/conf/prod.env'],
  ['streamlit-secrets', '[db]\npassword = "kX92jf0s-dkf3"\n', '/app/.streamlit/secrets.toml'],
  ['netrc', 'machine api.wandb.ai\n  login user\n  password 8d7f6a5s4d3f2a1s\n', '/root/.netrc'],
  ['docker-login', '{"auths": {"ghcr.io": {"auth": "b2N0b2NhdDprRDkzanMwMmtk"}}}', '/root/.docker/config.json'],
  ['kaggle-key', `{"username": "me", "key": "${random(32, hex)}"}`, '/root/.kaggle/kaggle.json'],
  ['aws-credentials', `[default]\naws_session_token = ${random(120, base64)}\n`, '/root/.aws/credentials'],
  ['pypirc', '[pypi]\nusername = me\npassword = kX92jf0s-dkf3\n', '/root/.pypirc'],
  ['npmrc', `//npm.acme.dev/:_authToken=${random(36, hex)}`, '/app/.npmrc'],
  ['git-credentials', 'https://octocat:kX92jf0sdkf3@github.com\n', '/root/.git-credentials'],
  ['git-config', '[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic eC1hY2Nlc3M6Z2hzX2tEOTNqczAy', '/app/.git/config'],
  ['git-remote-token', `url = https://${random(20, alnum)}:x-oauth-basic@git.acme.dev/a/b.git`, '/app/.git/config'],
  ['kube-config', `    client-key-data: ${random(80, base64)}\n`, '/root/.kube/config'],
  ['gcloud-credentials', `{"refresh_token": "${random(40, alnum)}"}`, '/root/.config/gcloud/application_default_credentials.json'],
  ['pgpass', 'db.internal:5432:features:model:kX92jf0s-dkf3\n', '/root/.pgpass'],
  ['huggingface-login', `hf_${random(30, alnum)}`, '/root/.cache/huggingface/token'],
]

describe('every rule', () => {
  test.each(found.map(([id, text, path], index) => [`${id} ${index}`, id, text, path] as const))(
    '%s finds its own',
    (_, id, text, path) => {
      const hits = search(`some text before\n${text}\n`, path)
      expect(hits.map(({ rule }) => rule)).toContain(id)
      for (const { secret, excerpt } of hits) expect(excerpt).not.toContain(secret)
    },
  )
  test('is among them, and told in docs/leaks.md', () => {
    expect([...new Set(found.map(([id]) => id))].toSorted()).toEqual(rules.map(({ id }) => id).toSorted())
    const docs = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'leaks.md'), 'utf8')
    expect(ruleIds.filter((id) => !docs.includes(`\`${id}\``))).toEqual([])
    expect(ruleIds).toHaveLength(new Set(ruleIds).size)
    expect(Object.keys(ownRules)).toEqual(ruleIds.slice(0, 2))
  })
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s: its literals are in whatever it matches', (id, rule) => {
    for (const [, text] of found.filter(([of]) => of === id))
      expect(rule.literals.filter((literal) => text.includes(literal))).not.toEqual([])
    expect(rule.pattern.flags).toContain('g')
  })
})

/** What only looks like a secret, as people write it. */
const harmless: readonly (readonly [string, string?])[] = [
  ['AKIAIOSFODNN7EXAMPLE'],
  ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['aws_secret_access_key = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  ['ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  ['ghp_short'],
  [`xghp_${random(36, alnum)}`],
  ['hf_hub_download(repo_id="acme/iris")'],
  ['token="hf_your_token_here_xxxxxxxxxxxxxxxx"'],
  [`ENDPOINT_STAGING = "https://hub-ci.huggingface.co"\nTOKEN = "hf_${'94wBhPGp6KrrTH3KDchhKpRxZwd6dmHWLL'}"\n`],
  ['sk-ant-api03-...'],
  ['-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'],
  ['-----BEGIN RSA PRIVATE KEY-----'],
  [pem('PUBLIC KEY')],
  [pem('CERTIFICATE')],
  ['postgresql://user:password@db/features'],
  ['postgres://postgres:postgres@db:5432/app'],
  ['redis://:changeme1@cache:6379'],
  ['https://user:${PYPI_TOKEN}@pypi.acme.dev/simple'],
  ['https://{user}:{password}@host/'],
  ['postgresql://model:Gk39dkQ20s@localhost:5432/features'],
  ['see http://example.com:8080/path?mail=a@b.org'],
  ['AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;'],
  ['DB_PASSWORD=\nAPI_KEY=changeme\nTOKEN=${TOKEN}\nPORT=8000\nSECRET_KEY=<your key>\n', '/app/.env'],
  ['DB_PASSWORD=kX92jf0s-dkf3', '/app/.env.example'],
  ['DB_PASSWORD=kX92jf0s-dkf3', '/app/env.md'],
  ['PASSWORD_FILE=/run/secrets/db\nSECRET_NAME=my-app-db9\nMAX_TOKENS=409600\nTOKENIZERS_PARALLELISM=false2', '/app/.env'],
  ['API_TOKEN=/run/secrets/api_token9', '/app/.env'],
  ['{"auths": {}}', '/root/.docker/config.json'],
  ['machine example.com login me password $TOKEN', '/root/.netrc'],
  ['//npm.example.com/:_authToken=${NPM_TOKEN}', '/app/.npmrc'],
  ['[remote "origin"]\n\turl = https://github.com/acme/iris.git\n', '/app/.git/config'],
  ['url = git@github.com:acme/iris.git', '/app/.git/config'],
]
describe('what is no secret is not found', () => {
  test.each(harmless.map(([text, path], index) => [index, text, path] as const))('%d', (_, text, path) =>
    expect(search(text, path)).toEqual([]),
  )
})

describe('packages of others', () => {
  const foreign = [
    '/usr/local/lib/python3.11/site-packages/acme/server.key',
    '/usr/lib/python3/dist-packages/twisted/key.pem',
    '/app/.venv/lib/python3.11/site-packages/a/.env',
    '/app/node_modules/x/y.pem',
    '/usr/share/x/README',
    '/opt/conda/lib/python3.11/x/keycert.pem',
    '/usr/local/lib/python3.11/x/keycert.pem',
  ]
  test.each(foreign)('%s: a key is advice', (path) => {
    expect(isForeign(path)).toBe(true)
    expect(search(pem('PRIVATE KEY'), path)).toMatchObject([{ rule: 'private-key', weight: 'advice' }])
  })
  test.each(['/usr/local/lib/python3.11/site-packages/tornado/test/test.key', '/usr/lib/python3/dist-packages/x/tests/y.pem'])(
    '%s: the key of a test is nothing',
    (path) => expect(search(pem('PRIVATE KEY'), path)).toEqual([]),
  )
  test.each(['/app/key.pem', '/root/.ssh/id_rsa', '/etc/ssl/private/x.key', '/opt/model/key.pem', '/srv/usr/share/key', '/home/app/k'])(
    '%s: a key is red',
    (path) => expect(search(pem('PRIVATE KEY'), path)).toMatchObject([{ weight: 'red' }]),
  )
})
