import type { SeenImage } from '../inspect/seen.ts'
import { imageFilesReader } from './image-files.ts'
import type { DockerfileSubject, ImageSubject } from './rule.ts'
import { shippedImports } from './subjects.ts'

/** What rules on the image look at: what was seen of it, beside the Dockerfile it was made from. `budget` in bytes. */
export function imageSubject({ user, layers }: SeenImage, dockerfile: DockerfileSubject | undefined, budget?: number): ImageSubject {
  const reader = imageFilesReader()
  for (const [index, { held = [] }] of layers.entries()) for (const file of held) reader.add(index, file)
  return {
    user,
    layers: layers.map(({ bytes, own, instruction, line }) => ({
      bytes,
      own,
      instruction,
      ...(dockerfile && line !== undefined ? { at: { file: dockerfile.file, line } } : {}),
    })),
    ...(layers.some(({ held }) => held) ? { files: reader.end() } : {}),
    gpu: dockerfile ? dockerfile.gpu || /cuda|nvidia|rocm|gpu/i.test(dockerfile.base) : true,
    ...(budget === undefined ? {} : { budget }),
    ...(dockerfile ? { dockerfile, imports: shippedImports(dockerfile) } : {}),
  }
}
