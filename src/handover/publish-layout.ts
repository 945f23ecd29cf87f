import { bytesText } from '../amounts.ts'
import type { Environment, Host } from '../host/host.ts'
import type { Gated } from '../publish/gated.ts'
import type { Published } from '../publish/publish.ts'
import type { LayoutPlace } from './place.ts'
import { type Beside, writeLayout } from './write.ts'

/** The last act of a run that hands its image over: nothing goes to a registry, and no login is made. @throws ActionError */
export async function publishLayout(
  host: Host,
  image: Gated,
  place: LayoutPlace,
  beside: Beside,
  env: Environment,
  notice: (text: string) => void,
  signal: AbortSignal,
): Promise<Published> {
  const { digest, bytes, compressedBytes } = await writeLayout(host, image, place, beside, env, signal)
  notice(
    `The image ${digest} and the record of its gates are in ${place.given}, ${bytesText(bytes)}: a job with from: oci:DIR publishes it.`,
  )
  return { digest, pushedTags: [], compressedBytes, layout: place.given }
}
