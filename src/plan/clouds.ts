import { dockerHub } from './image-name.ts'

/** Where a registry of AWS gets its tokens: a region's ECR, or the public one. */
export type EcrPlace = Readonly<{ kind: 'region'; region: string; fips: boolean }> | Readonly<{ kind: 'public' }>

/** What proves to Microsoft Entra that the job is an application: a secret, GitHub's ID token, or a token in a file. */
export type AzureProof =
  | Readonly<{ kind: 'secret'; secret: string }>
  | Readonly<{ kind: 'id-token' }>
  | Readonly<{ kind: 'file'; path: string }>

export type AzureIdentity = Readonly<{ tenant: string; client: string; authority: string; proof: AzureProof }>

/** An OIDC connection of a Docker organisation; `lifetime` (s) is what its tokens are asked to live. */
export type HubConnection = Readonly<{ id: string; lifetime: number }>

/** What the job has of the clouds' own credentials, as far as its variables tell. */
export type Clouds = Readonly<{
  /** AWS's SDK may find credentials. */
  aws: boolean
  awsRegion?: string
  /** Application default credentials of Google: the path of their file. */
  google?: string
  azure?: AzureIdentity
  dockerHub?: HubConnection
  /** GitHub gives this job ID tokens. */
  idToken: boolean
}>

export const noClouds: Clouds = { aws: false, idToken: false }

// Hosts of ECR: docs.aws.amazon.com/general/latest/gr/ecr.html, and the dual-stack ones.
const ecrHost = /^\d{12}\.dkr[.-]ecr(-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn))$/
const ecrPublicHosts: ReadonlySet<string> = new Set(['public.ecr.aws', 'ecr-public.aws.com'])
const googleHost = /^(?:[a-z0-9-]+\.)?gcr\.io$|^[a-z0-9-]+-docker\.pkg\.dev$/
const azureHost = /^[a-z0-9-]+\.azurecr\.(?:io|cn|us)$/

/** What AWS's SDK takes credentials from (its default chain); on a machine of one's own it may ask that machine, too. */
const awsVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
]

/** The place that the name of a registry tells, undefined when it is not AWS's. */
export function ecrPlace(registry: string): EcrPlace | undefined {
  if (ecrPublicHosts.has(registry)) return { kind: 'public' }
  const [, fips, region] = ecrHost.exec(registry) ?? []
  return region === undefined ? undefined : { kind: 'region', region, fips: fips !== undefined }
}

/** gcr.io and Artifact Registry. */
export function isGoogle(registry: string): boolean {
  return googleHost.test(registry)
}

/** Docker Hub, and Docker's hardened images, which the same accounts read. */
export function isDocker(registry: string): boolean {
  return registry === dockerHub || registry === 'dhi.io'
}

/** Azure Container Registry. */
export function isAzure(registry: string): boolean {
  return azureHost.test(registry)
}

type Variables = Readonly<Record<string, string | undefined>>

function azureIdentity(job: Variables, idToken: boolean): AzureIdentity | undefined {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret, AZURE_FEDERATED_TOKEN_FILE: path } = job
  const proof: AzureProof | undefined = secret
    ? { kind: 'secret', secret }
    : path
      ? { kind: 'file', path }
      : idToken
        ? { kind: 'id-token' }
        : undefined
  if (!tenant || !client || !proof) return undefined
  const authority = (job['AZURE_AUTHORITY_HOST'] || 'https://login.microsoftonline.com').replace(/\/+$/, '')
  return { tenant, client, authority, proof }
}

/** As long as a push may take by default, and some: five minutes, Docker's own default, would end within one. */
const hubLifetime = 3_600

/** Reads the variables by which the clouds' own tools and actions hand on credentials. */
export function readClouds(job: Variables, kind: 'runner' | 'terminal'): Clouds {
  const idToken = Boolean(job['ACTIONS_ID_TOKEN_REQUEST_URL'] && job['ACTIONS_ID_TOKEN_REQUEST_TOKEN'])
  const awsRegion = job['AWS_REGION'] || job['AWS_DEFAULT_REGION']
  const google = job['GOOGLE_APPLICATION_CREDENTIALS'] || job['GOOGLE_GHA_CREDS_PATH']
  const azure = azureIdentity(job, idToken)
  const hub = job['DOCKERHUB_OIDC_CONNECTIONID']?.trim()
  return {
    aws: kind === 'terminal' || job['RUNNER_ENVIRONMENT'] === 'self-hosted' || awsVariables.some((name) => job[name]),
    ...(awsRegion ? { awsRegion } : {}),
    ...(google ? { google } : {}),
    ...(azure ? { azure } : {}),
    ...(hub ? { dockerHub: { id: hub, lifetime: Number(job['DOCKERHUB_OIDC_EXPIREIN']?.trim() || hubLifetime) } } : {}),
    idToken,
  }
}

/**
 * The command that makes a repository where a push does not: of ECR, and of Artifact Registry, whose repositories are the
 * second part of a path. Undefined where there is none to tell.
 */
export function creationCommand(registry: string, path: string): string | undefined {
  const place = ecrPlace(registry)
  if (place?.kind === 'public')
    return `aws ecr-public create-repository --region us-east-1 --repository-name ${path.replace(/^[^/]+\//, '')}`
  if (place) return `aws ecr create-repository --region ${place.region} --repository-name ${path}`
  const [, location] = /^([a-z0-9-]+)-docker\.pkg\.dev$/.exec(registry) ?? []
  const [project, repository] = path.split('/')
  if (location === undefined || repository === undefined) return undefined
  return `gcloud artifacts repositories create ${repository} --repository-format=docker --location=${location} --project=${project}`
}
