import type { Rule } from './rule.ts'
import { givesSecret } from './variables.ts'

/** What stands in place of an example: `.env.example` and its kin are meant to be seen. */
const template = '(?!.*\\.(?:example|sample|template|tmpl|dist|defaults?|schema|j2|md)$)'

const hasValue = (secret: string) => !/^[$%<{]/.test(secret)

/** Secrets that are known by the file they stand in: its place or name says what the value is. */
export const fileRules: readonly Rule[] = [
  {
    id: 'dotenv',
    what: 'a secret in a variable',
    literals: ['='],
    path: new RegExp(`^${template}.*/(?:\\.env(?:\\.[\\w.-]+)?|[\\w-]+\\.env|\\.envrc|\\.flaskenv)$`),
    pattern:
      /^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?<quote>["']?)(?<secret>[^\r\n]*?)\k<quote>[ \t]*(?:#[^\r\n]*)?$/gm,
    entropy: 0,
    holds: (secret, name) => givesSecret(name, secret),
  },
  {
    id: 'streamlit-secrets',
    what: 'a secret of Streamlit',
    literals: ['='],
    path: /\/\.streamlit\/secrets\.toml$/,
    pattern: /^[ \t]*(?<name>[\w.-]+)[ \t]*=[ \t]*["'](?<secret>[^"'\r\n]+)["']/gm,
    entropy: 0,
    holds: (secret, name) => givesSecret(name, secret),
  },
  {
    id: 'netrc',
    what: 'a login of a .netrc',
    literals: ['password'],
    path: /\/[._]netrc$/,
    pattern: /\b(?:machine\s+\S+|default)\s+(?:login\s+\S+\s+)?(?:account\s+\S+\s+)?password\s+(?<secret>\S{6,})/g,
    entropy: 2,
    holds: hasValue,
  },
  {
    id: 'docker-login',
    what: 'a login of Docker',
    literals: ['auth', 'identitytoken'],
    path: /\/(?:\.docker\/config\.json|\.dockerconfigjson|\.dockercfg|containers\/auth\.json)$/,
    pattern: /"(?:auth|identitytoken|registrytoken|password)"\s*:\s*"(?<secret>[^"\s]{8,})"/g,
    entropy: 2.5,
  },
  {
    id: 'kaggle-key',
    what: 'a key of Kaggle',
    literals: ['"key"'],
    path: /\/kaggle\.json$/,
    pattern: /"key"\s*:\s*"(?<secret>[a-f0-9]{32})"/g,
  },
  {
    id: 'aws-credentials',
    what: 'credentials of AWS',
    literals: ['aws_secret_access_key', 'aws_session_token'],
    path: /\/\.aws\/(?:credentials|config)$/,
    pattern: /^\s*aws_(?:secret_access_key|session_token)\s*=\s*(?<secret>\S{30,})/gm,
  },
  {
    id: 'pypirc',
    what: 'a login of a package index',
    literals: ['password', 'PASSWORD', 'token'],
    path: /\/(?:\.pypirc|\.config\/pypoetry\/auth\.toml|pypoetry\/auth\.toml)$/,
    pattern: /^\s*(?:password|token)\s*[:=]\s*["']?(?<secret>[^\s"']{6,})/gm,
    entropy: 2.3,
    holds: hasValue,
  },
  {
    id: 'npmrc',
    what: 'a login of npm',
    literals: ['_auth', '_password'],
    path: /\/\.?(?:npmrc|yarnrc|yarnrc\.yml)$/,
    pattern: /(?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent)["']?\s*[=:]\s*["']?(?<secret>[^\s"']{8,})/g,
    entropy: 2.5,
    holds: hasValue,
  },
  {
    id: 'git-credentials',
    what: 'credentials of git',
    literals: ['://'],
    path: /\/\.?git-?credentials$|\/git\/credentials$/,
    pattern: /^https?:\/\/[^\s:/@]*:(?<secret>[^\s@/]{6,})@/gm,
    entropy: 2,
  },
  {
    id: 'git-config',
    what: "a login in git's configuration",
    literals: ['AUTHORIZATION', 'uthorization', '://'],
    path: /\/\.git\/(?:modules\/.+\/)?config$|\/\.gitconfig$/,
    pattern: /(?:AUTHORIZATION:\s*(?:basic|bearer)\s+(?<secret>[A-Za-z0-9+/=_.~-]{16,}))/gi,
  },
  {
    id: 'git-remote-token',
    what: "a token in git's configuration",
    literals: ['://'],
    path: /\/\.git\/(?:modules\/.+\/)?config$|\/\.gitconfig$/,
    pattern: /https?:\/\/(?:[^\s:/@]*:(?=[^\s:@/]{16,}@))?(?<secret>[^\s:@/]{16,})(?::[^\s:@/]*)?@/g,
  },
  {
    id: 'kube-config',
    what: 'a login of Kubernetes',
    literals: ['client-key-data', 'token:'],
    path: /\/\.kube\/config$|\/kubeconfig(?:\.ya?ml)?$/,
    pattern: /(?:client-key-data|token):\s*["']?(?<secret>[A-Za-z0-9+/=_.-]{30,})/g,
  },
  {
    id: 'gcloud-credentials',
    what: 'credentials of gcloud',
    literals: ['refresh_token', 'client_secret'],
    path: /\/(?:application_default_credentials|legacy_credentials\/.+\/adc)\.json$/,
    pattern: /"(?:refresh_token|client_secret)"\s*:\s*"(?<secret>[^"\s]{16,})"/g,
  },
  {
    id: 'pgpass',
    what: 'a password of a .pgpass',
    literals: [':'],
    path: /\/\.pgpass$/,
    pattern: /^[^#:\r\n]*:[^:\r\n]*:[^:\r\n]*:[^:\r\n]*:(?<secret>[^\r\n]{6,})$/gm,
    entropy: 2,
  },
  {
    id: 'huggingface-login',
    what: 'a login of Hugging Face',
    literals: ['hf_'],
    path: /\/\.?(?:cache\/)?huggingface\/(?:token|stored_tokens)$/,
    pattern: /(?<secret>hf_[A-Za-z0-9]{20,})/g,
  },
]
