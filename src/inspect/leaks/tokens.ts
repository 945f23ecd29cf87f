import { isPlaceholder } from './placeholder.ts'
import type { Rule } from './rule.ts'

/** A token that is known by how it begins. The sources are what its maker documents, or secret scanners agree on. */
function token(id: string, what: string, literals: readonly string[], source: string, more: Partial<Rule> = {}): Rule {
  return { id, what, literals, pattern: new RegExp(`(?<![A-Za-z0-9_])(?<secret>${source})(?![A-Za-z0-9])`, 'g'), ...more }
}

const base64 = 'A-Za-z0-9+/'

/** Tokens and keys that are known by their own form, wherever they stand. */
export const tokenRules: readonly Rule[] = [
  {
    id: 'private-key',
    what: 'a private key',
    literals: ['PRIVATE KEY'],
    pattern:
      /-----BEGIN (?:(?!ENCRYPTED)[A-Z]+ )?PRIVATE KEY(?: BLOCK)?-----(?:\\r|\\n|[\s"',+\\]|(?:Version|Comment|Hash|Proc-Type|DEK-Info): [^\r\n]{0,200})*(?<secret>[A-Za-z0-9+/=]{32,})/g,
    // ENCRYPTED has a rule of its own.
    holds: (secret) => !secret.startsWith('AAAAAAAAAA'),
  },
  {
    id: 'encrypted-key',
    what: 'a private key behind a passphrase',
    literals: ['ENCRYPTED PRIVATE KEY'],
    pattern: /-----BEGIN ENCRYPTED PRIVATE KEY-----(?:\\r|\\n|[\s"',+\\])*(?<secret>[A-Za-z0-9+/=]{32,})/g,
    weight: 'advice',
  },
  {
    id: 'putty-key',
    what: 'a private key of PuTTY',
    literals: ['PuTTY-User-Key-File'],
    pattern: /PuTTY-User-Key-File-\d: [\s\S]{0,2000}?Private-Lines: \d+\r?\n(?<secret>[A-Za-z0-9+/=]{32,})/g,
  },
  token('age-key', 'a private key of age', ['AGE-SECRET-KEY-1'], 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
  token('aws-access-key', 'an access key of AWS', ['AKIA', 'ASIA'], '(?:AKIA|ASIA)[A-Z2-7]{16}', {
    known: ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE', 'ASIAIOSFODNN7EXAMPLE'],
  }),
  {
    id: 'aws-secret-key',
    what: 'a secret key of AWS',
    literals: ['ecret', 'ECRET'],
    pattern: new RegExp(`aws.{0,20}?secret.{0,20}?key["']?\\s{0,5}[=:]\\s{0,5}["']?(?<secret>[${base64}]{40})(?![${base64}=])`, 'gi'),
    entropy: 4,
  },
  token('github-token', 'a token of GitHub', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9]{36,251}'),
  token('github-fine-grained-token', 'a token of GitHub', ['github_pat_'], 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'),
  token(
    'gitlab-token',
    'a token of GitLab',
    ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glft-', 'glsoat-'],
    'gl(?:pat|dt|rt|ptt|ft|soat)-[\\w-]{20,64}',
  ),
  token('slack-token', 'a token of Slack', ['xox'], 'xox[abeoprs]-(?:\\d+-)+[\\w-]{10,}'),
  {
    id: 'slack-webhook',
    what: 'a webhook of Slack',
    literals: ['hooks.slack.com/services/T'],
    pattern: /hooks\.slack\.com\/services\/(?<secret>T\w{8,12}\/B\w{8,12}\/\w{24})/g,
  },
  token('google-api-key', 'an API key of Google', ['AIza'], 'AIza[\\w-]{35}', { entropy: 3.8 }),
  {
    id: 'google-service-account',
    what: 'the key of a Google service account',
    literals: ['private_key_id'],
    pattern: /"private_key_id"\s*:\s*"(?<secret>[a-f0-9]{40})"/g,
  },
  token('google-oauth-token', 'a client secret or refresh token of Google', ['GOCSPX-', '1//0'], '(?:GOCSPX-[\\w-]{28}|1//0[\\w-]{40,})'),
  {
    id: 'azure-storage-key',
    what: 'the key of an Azure storage account',
    literals: ['AccountKey='],
    pattern: new RegExp(`AccountKey=(?<secret>[${base64}]{86}==)`, 'g'),
    // The emulator's own, in its documentation and everywhere.
    known: ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='],
    entropy: 4.5,
  },
  token('azure-client-secret', 'a client secret of Azure', ['Q~'], '[\\w.~-]{3}\\dQ~[\\w.~-]{31,34}', { entropy: 4 }),
  token('huggingface-token', 'a token of Hugging Face', ['hf_', 'api_org_'], '(?:hf_|api_org_)[A-Za-z0-9]{34,40}', {
    // For the sandbox of its own tests, in each copy of transformers (testing_utils.py). In two, for scanners of this repository.
    known: [['hf', '94wBhPGp6KrrTH3KDchhKpRxZwd6dmHWLL'].join('_')],
    entropy: 3.5,
  }),
  token('openai-key', 'an API key of OpenAI', ['T3BlbkFJ'], 'sk-(?:[a-z]+-)?[\\w-]{20,100}T3BlbkFJ[\\w-]{20,100}'),
  token('anthropic-key', 'an API key of Anthropic', ['sk-ant-'], 'sk-ant-[a-z]+\\d\\d-[\\w-]{80,120}'),
  token('replicate-token', 'a token of Replicate', ['r8_'], 'r8_[A-Za-z0-9]{37}', { entropy: 3.5 }),
  token('groq-key', 'an API key of Groq', ['gsk_'], 'gsk_[A-Za-z0-9]{52}', { entropy: 3.5 }),
  token('nvidia-key', 'an API key of NVIDIA', ['nvapi-'], 'nvapi-[\\w-]{60,70}', { entropy: 4 }),
  token('langsmith-key', 'an API key of LangSmith', ['lsv2_'], 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}'),
  token('databricks-token', 'a token of Databricks', ['dapi'], 'dapi[a-f0-9]{32}(?:-\\d)?'),
  token('wandb-key', 'an API key of Weights & Biases', ['wandb_v1_'], 'wandb_v1_[\\w-]{60,90}'),
  token('npm-token', 'a token of npm', ['npm_'], 'npm_[A-Za-z0-9]{36}', { entropy: 3.5 }),
  token('pypi-token', 'a token of PyPI', ['pypi-AgE'], 'pypi-AgE[\\w-]{50,}'),
  token('docker-hub-token', 'a token of Docker Hub', ['dckr_pat_', 'dckr_oat_'], 'dckr_[po]at_[\\w-]{27,}'),
  token('stripe-key', 'a live key of Stripe', ['k_live_'], '[sr]k_live_[A-Za-z0-9]{20,}'),
  token('sendgrid-key', 'an API key of SendGrid', ['SG.'], 'SG\\.[\\w-]{22}\\.[\\w-]{43}'),
  token('digitalocean-token', 'a token of DigitalOcean', ['_v1_'], 'do[opr]_v1_[a-f0-9]{64}'),
  token('vault-token', 'a token of Vault', ['hvs.', 'hvb.'], 'hv[sb]\\.[\\w-]{80,}', { entropy: 4 }),
  token('grafana-token', 'a token of Grafana', ['glsa_', 'glc_'], '(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/=]{60,})', {
    entropy: 3.5,
  }),
  {
    id: 'url-password',
    what: 'an address with a password',
    literals: ['://'],
    pattern:
      /\b(?:https?|ftps?|ssh|git|postgres(?:ql)?(?:\+\w+)?|mysql(?:\+\w+)?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|nats|snowflake):\/\/(?<name>[^\s:/@"'`<>{}|]{0,80}):(?<secret>[^\s:/@"'`<>{}|\\]{8,200})@(?!(?:localhost|127\.0\.0\.1|\[::1\]|host|hostname|server|example)\b|[\w.-]*example\.)[\w[][\w.-]*/g,
    loose: true,
    entropy: 2.5,
    holds: (secret, user) => secret !== user && /[\dA-Z%]/.test(secret) && !isPlaceholder(decoded(secret)),
  },
  {
    id: 'json-web-token',
    what: 'a JSON web token',
    literals: ['eyJ'],
    pattern: /(?<![\w.-])(?<secret>eyJ[\w-]{15,2000}\.eyJ[\w-]{15,4000}\.[\w-]{20,1000})(?![\w.-])/g,
    weight: 'advice',
    loose: true,
  },
]

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
