import { listOf, objectOf, textOf } from '../../../smoke/compose/config.ts'
import { type Service, servicesIn } from '../../compose-file.ts'
import { commandIn, isOurs, waitsFor } from '../../compose-service.ts'
import { type Edit, unifiedDiff } from '../../diff.ts'
import type { ComposeSubject, Finding, Rule } from '../../rule.ts'
import { commandsOf, systemPackages } from '../../shell.ts'
import { portsOf } from './ports.ts'

/** How an image that others wait for is asked whether it is ready, by a program that it has. */
const checks: readonly Readonly<{ image: RegExp; test: readonly string[] }>[] = [
  { image: /(^|\/)(redis|redis-stack-server)(:|@|$)/, test: ['CMD', 'redis-cli', 'ping'] },
  { image: /(^|\/)valkey(:|@|$)/, test: ['CMD', 'valkey-cli', 'ping'] },
  { image: /(^|\/)(postgres|postgis|pgvector|timescaledb)(:|@|$)/, test: ['CMD-SHELL', 'pg_isready -U $${POSTGRES_USER:-postgres}'] },
  { image: /(^|\/)mysql(:|@|$)/, test: ['CMD', 'mysqladmin', 'ping', '-h', '127.0.0.1'] },
  { image: /(^|\/)mariadb(:|@|$)/, test: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'] },
  { image: /(^|\/)mongo(:|@|$)/, test: ['CMD', 'mongosh', '--quiet', '--eval', "db.adminCommand('ping')"] },
  { image: /(^|\/)rabbitmq(:|@|$)/, test: ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'] },
  { image: /(^|\/)minio(:|@|$)/, test: ['CMD', 'mc', 'ready', 'local'] },
  { image: /(^|\/)prometheus(:|@|$)/, test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:9090/-/ready'] },
  { image: /(^|\/)grafana(:|@|$)/, test: ['CMD', 'wget', '-q', '--spider', 'http://127.0.0.1:3000/api/health'] },
  { image: /(^|\/)mlflow(:|@|$)/, test: pythonCheck(5000, '/health') },
]

function pythonCheck(port: number, path: string): readonly string[] {
  return ['CMD', 'python', '-c', `import urllib.request as r; r.urlopen('http://127.0.0.1:${port}${path}')`]
}

const hasHealthcheck = ({ value }: Service) => value['healthcheck'] !== undefined && objectOf(value['healthcheck'])['disable'] !== true
const imageHasOne = (subject: ComposeSubject, service: Service) =>
  isOurs(subject, service) && (subject.dockerfile?.chain ?? []).some(({ keyword, rest }) => keyword === 'HEALTHCHECK' && rest !== 'NONE')

function checkOf(subject: ComposeSubject, service: Service): readonly string[] | undefined {
  const image = textOf(service.value['image'])
  if (service.value['build'] === undefined) return checks.find((one) => one.image.test(image))?.test
  const [port] = isOurs(subject, service) ? portsOf(subject.dockerfile, commandIn(service)) : []
  return port === undefined || !/python/.test(subject.dockerfile?.base ?? '') ? undefined : pythonCheck(port, '/health')
}

const quoted = (word: string) => JSON.stringify(word)
const checkLines = ({ indent }: Service, test: readonly string[]): readonly string[] => [
  `${indent}healthcheck:`,
  `${indent}  test: [${test.map(quoted).join(', ')}]`,
  ...['interval: 5s', 'timeout: 3s', 'retries: 20'].map((line) => `${indent}  ${line}`),
]
/** Behind what says which image it is, where everybody looks. */
const insertAt = ({ keys, line }: Service) => ((keys.get('image') ?? keys.get('build'))?.end ?? line) + 1

/** The edits that have `service` wait until those it needs are healthy; undefined where nothing tells how to ask them. */
function waiting(subject: ComposeSubject, services: readonly Service[], service: Service): readonly Edit[] | undefined {
  const at = service.keys.get('depends_on')
  const edits: Edit[] = []
  const entries: string[] = []
  for (const { name, condition } of waitsFor(service)) {
    const other = services.find((one) => one.name === name)
    const started = condition === 'service_started'
    entries.push(`${service.indent}  ${name}:`, `${service.indent}    condition: ${started ? 'service_healthy' : condition}`)
    if (!started || !other || hasHealthcheck(other) || imageHasOne(subject, other)) continue
    const test = checkOf(subject, other)
    if (!test) return undefined
    edits.push({ line: insertAt(other), remove: 0, insert: checkLines(other, test) })
  }
  return at ? [...edits, { line: at.line, remove: at.end - at.line + 1, insert: [`${service.indent}depends_on:`, ...entries] }] : undefined
}

export const dependsOn: Rule<ComposeSubject> = {
  id: 'depends-on-without-health',
  look: (subject) => {
    const services = servicesIn(subject.text)
    return services.flatMap((service): readonly Finding[] => {
      const early = waitsFor(service).filter(({ condition }) => condition === 'service_started')
      const [first] = early
      if (!first) return []
      const names = early.map(({ name }) => name).join(', ')
      const edits = waiting(subject, services, service)
      return [
        {
          message: `${service.name} starts as soon as the process of ${names} has, ready or not (depends_on).`,
          why: 'depends_on alone waits for the start of a process. With condition: service_healthy it waits until the other one answers.',
          at: { file: subject.file, line: first.line },
          ...(edits ? { fix: unifiedDiff(subject.file, subject.text, edits) } : {}),
          gain: { kind: 'risk', text: 'The first start fails on a slow machine and passes on a fast one.' },
        },
      ]
    })
  },
}

export const noHealthcheck: Rule<ComposeSubject> = {
  id: 'service-without-healthcheck',
  look: (subject) => {
    const services = servicesIn(subject.text)
    const waited = new Set(
      services
        .flatMap(waitsFor)
        .filter(({ condition }) => condition === 'service_healthy')
        .map(({ name }) => name),
    )
    return services.flatMap((service): readonly Finding[] => {
      // Of an image of others only compose knows whether it has one.
      if (service.value['build'] === undefined || hasHealthcheck(service) || imageHasOne(subject, service)) return []
      if (!waited.has(service.name)) return []
      const test = checkOf(subject, service)
      const edit = { line: insertAt(service), remove: 0, insert: test ? checkLines(service, test) : [] }
      return [
        {
          message: `Others wait for ${service.name} to be healthy, and neither it nor its image has a healthcheck.`,
          why: 'compose ends with "container has no healthcheck configured", and the others never start.',
          at: { file: subject.file, line: service.line },
          ...(test ? { fix: unifiedDiff(subject.file, subject.text, [edit]) } : {}),
          gain: { kind: 'risk', text: 'The stack does not come up.' },
        },
      ]
    })
  },
}

export const missingProgram: Rule<ComposeSubject> = {
  id: 'compose-healthcheck-tool',
  look: (subject) => {
    const { dockerfile } = subject
    if (!dockerfile || !/^(docker\.io\/)?(library\/)?(python|debian):\S*(slim)/.test(dockerfile.base)) return []
    return servicesIn(subject.text).flatMap((service): readonly Finding[] => {
      const test = objectOf(service.value['healthcheck'])['test']
      const line = service.keys.get('healthcheck')?.items.find(({ key }) => key === 'test')
      if (!line || !isOurs(subject, service)) return []
      const text = [textOf(test), ...listOf(test).map(textOf)].join(' ')
      const [, program, port, path = '/'] = /(?:^|[\s/])(curl|wget)\s.*?https?:\/\/[^\s/:]+:?(\d*)(\/[^\s"'|;&]*)?/.exec(text) ?? []
      if (program === undefined) return []
      const installed = dockerfile.chain.flatMap(commandsOf).flatMap((command) => systemPackages(command) ?? [])
      if (installed.includes(program)) return []
      const instead = `${' '.repeat(service.indent.length + 2)}test: [${pythonCheck(Number(port || 80), path)
        .map(quoted)
        .join(', ')}]`
      return [
        {
          message: `The healthcheck of ${service.name} calls ${program}, which ${dockerfile.base} does not have.`,
          why: 'A check whose program is missing fails each time: the service counts as unhealthy though it answers, and who waits for it never starts.',
          at: { file: subject.file, line: line.line },
          ...(dockerfile.base.includes('python')
            ? { fix: unifiedDiff(subject.file, subject.text, [{ line: line.line, remove: line.end - line.line + 1, insert: [instead] }]) }
            : {}),
          gain: { kind: 'risk', text: 'The service never becomes healthy.' },
        },
      ]
    })
  },
}
