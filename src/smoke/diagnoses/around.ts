import { type Place, type Sign, sign } from './diagnosis.ts'
import { environmentSigns } from './environment.ts'

/** Who is meant by a host that is known in a compose file only. */
const isPublic = (host: string) => /\.[a-z]{2,}$/i.test(host) && !/\.(local|internal|svc|lan)$/i.test(host)
const hubs =
  /huggingface\.co|hf\.co|cdn-lfs|download\.pytorch\.org|tfhub|storage\.googleapis|s3[.-]|github\.com|githubusercontent|kaggle|zenodo/

const service = (host: string, port: string) => {
  const known: Readonly<Record<string, string>> = {
    6379: 'redis',
    5432: 'postgres',
    3306: 'mysql',
    27017: 'mongodb',
    9092: 'kafka',
    5672: 'rabbitmq',
    9200: 'elasticsearch',
    6333: 'qdrant',
  }
  return known[port] ?? host
}

const dependencyFix = ([, host = '', port = '']: readonly string[]) => [
  'run-env: |',
  `  ${service(host, port).toUpperCase().replace(/\W/g, '_')}_URL=    # what the service does without it; or let it start when ${host} is away`,
]

/** Whether what could not be reached is in the internet: by its name, or by the address in the lines of the traceback. */
function isDownload([text = '', host = '']: readonly string[], { lines, index }: Place): boolean {
  const before = lines.slice(Math.max(0, index - 40), index).join('\n')
  const named = host === '' ? /https?:\/\/([\w.-]+)/.exec(before)?.[1] : host
  return hubs.test(text) || (named !== undefined && isPublic(named))
}

/** What the service wants from outside: variables, other services, the network, tokens. */
export const surroundingSigns: readonly Sign[] = [
  ...environmentSigns,
  sign(
    'token-missing',
    /GatedRepoError|Cannot access gated repo|Access to model (\S+) is restricted|(?:401|403) Client Error: .*?(https?:\/\/\S+)|Invalid (?:user token|credentials in Authorization header)|Unable to locate credentials|NoCredentialsError|DefaultCredentialsError|InvalidKeyException|HF_TOKEN.*(?:required|must|not set)|(?:openai|anthropic)\.\w*(?:AuthenticationError|OpenAIError)|api_key client option must be set/,
    'A token is missing or wrong ($1).',
    [
      'RUN --mount=type=secret,id=hf_token,env=HF_TOKEN python download.py    # in the Dockerfile, so that a start needs none',
      'secrets: hf_token=${{ secrets.HF_TOKEN }}',
      '# or at the start: run-env: HF_TOKEN',
    ],
  ),
  sign(
    'model-download',
    /We couldn't connect to '([^']+)'|(LocalEntryNotFoundError|OfflineModeIsEnabled)|(?:Cannot find the requested files|outgoing traffic has been disabled)|Can't load (?:tokenizer|the model|the configuration|feature extractor)\w* (?:for|of) '([^']+)'|Resource '?\S*?(punkt|stopwords|wordnet|vader_lexicon)\S*'? ?not found|Can't find model '([^']+)'/,
    'The service downloads its model when it starts, and could not ($1).',
    [
      'ENV HF_HOME=/opt/hf HF_HUB_OFFLINE=1',
      'RUN HF_HUB_OFFLINE=0 python -c "from huggingface_hub import snapshot_download; snapshot_download(\'ORG/MODEL\')"',
    ],
  ),
  sign(
    'model-download',
    /host='([^']+)', port=(?:443|80)\b.*(?:Max retries|NameResolution|Failed to (?:resolve|establish))|(?:Failed to resolve|Could not resolve host:?|HTTPSConnectionPool\(host=) ?'?([\w.-]+)'?|urlopen error .*(?:Name or service not known|Temporary failure)/,
    'The service downloads something when it starts, and could not ($1).',
    ['RUN python download.py    # in the Dockerfile: what a start needs is in the image', 'ENV HF_HUB_OFFLINE=1'],
    isDownload,
  ),
  sign(
    'dependency-unreachable',
    /host='([\w.-]+)', port=(\d+)/,
    'The service could not reach $1:$2, which is not there in this test.',
    dependencyFix,
    ([text = '', host = ''], { lines, index }) =>
      /Max retries|NameResolution|Failed to|refused|timed out/.test(lines[index] ?? text) && !isPublic(host),
  ),
  sign(
    'dependency-unreachable',
    /(?:connecting to|connect to|connection to server at|could not translate host name|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|ECONNREFUSED|Failed to resolve|resolve host(?: name)?:?|ServerSelectionTimeoutError:) ["'(]*([\w.-]+)["']?(?:.{0,30}?(?::|port )(\d{2,5})\b)?/i,
    ([, host = '', port = '']) => `The service could not reach ${host}${port ? `:${port}` : ''}, which is not there in this test.`,
    dependencyFix,
    (_, { lines, index }) =>
      /refused|not known|resolution|resolve|translate|ENOTFOUND|EAI_AGAIN|no such host|timed out/i.test(lines[index] ?? ''),
  ),
  sign(
    'dependency-unreachable',
    /^(?:[\w.]*(?:ConnectionError|ConnectionRefusedError|OperationalError|ServerSelectionTimeoutError|NoBrokersAvailable|gaierror|ConnectError))\b:? ?(?:\[Errno -?\d+\] )?(.*)/,
    'The service could not reach another one that it needs ($1).',
    ['run-env: |', '  SERVICE_URL=    # what the service does without it; or let it start when the other is away'],
  ),
  sign(
    'address-in-use',
    /[Aa]ddress already in use|EADDRINUSE|Errno 98|Connection in use: (.*)/,
    'Two processes of the container want the same port.',
    ['# start one server alone; a second one (metrics, a second worker) on a port of its own: --port 8001'],
  ),
]
