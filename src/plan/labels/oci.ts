import { clockOf } from '../clock.ts'
import type { Event } from '../event.ts'

/** When the image was made: SOURCE_DATE_EPOCH (seconds), else the time of the commit. Never the clock. */
function createdTime(event: Event, sourceDateEpoch: string | undefined): string | undefined {
  const clock = clockOf(sourceDateEpoch)
  const epoch = clock === undefined ? undefined : new Date(clock)
  const committed = event.committed === undefined ? undefined : new Date(event.committed)
  return [epoch, committed].find((time) => time && !Number.isNaN(time.getTime()))?.toISOString()
}

/**
 * The labels of docker/metadata-action, key by key and value by value (its src/meta.ts, v6): `url` and `source` are both
 * the page of the repository; what the repository does not have is an empty value; a licence that GitHub does not know
 * is `NOASSERTION`. Other than there, `created` is no clock's time, and what nobody could tell (no API, a laptop) has no
 * label: an empty one would hide that of the Dockerfile.
 */
export function ociLabels(
  event: Event,
  version: string,
  sourceDateEpoch: string | undefined,
): Readonly<Record<string, string | undefined>> {
  const { about, repository, serverUrl } = event
  // Of a repository that is known these two are facts as well, there too.
  const orEmpty = (value: string) => value || (about ? '' : undefined)
  const page = about?.url ?? (repository === '' ? undefined : `${serverUrl}/${repository}`)
  return {
    'org.opencontainers.image.created': createdTime(event, sourceDateEpoch),
    'org.opencontainers.image.description': about?.description,
    'org.opencontainers.image.licenses': about?.license,
    'org.opencontainers.image.revision': orEmpty(event.sha),
    'org.opencontainers.image.source': page,
    'org.opencontainers.image.title': about?.name ?? repository.split('/')[1],
    'org.opencontainers.image.url': page,
    'org.opencontainers.image.version': orEmpty(version),
  }
}
