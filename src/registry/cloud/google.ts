import { ActionError, messageOf } from '../../errors.ts'
import type { Host } from '../../host/host.ts'
import type { Password } from '../credential.ts'
import { isTransientError } from '../retry.ts'

/**
 * An access token by application default credentials: a service account's key, or workload identity as
 * google-github-actions/auth sets it up. It lives an hour. @throws ActionError
 */
export async function loginByGoogle(host: Host, registry: string, file: string): Promise<Password> {
  if (host.files.kind(file) !== 'file')
    throw new ActionError('registry-unauthorized', `GOOGLE_APPLICATION_CREDENTIALS names ${file}, and there is no such file.`)
  try {
    const { username, password } = await host.cloudToken({ kind: 'google', file })
    return { username, password }
  } catch (error) {
    const code = isTransientError(error) ? 'registry-unavailable' : 'registry-unauthorized'
    const mend = 'check google-github-actions/auth, and that the job has "permissions: id-token: write"'
    throw new ActionError(code, `Google gives no access token for ${registry} (${messageOf(error)}): ${mend}.`, { cause: error })
  }
}
