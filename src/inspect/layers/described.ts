import type { BuiltImage } from '../../build/image.ts'
import type { Environment, Host } from '../../host/host.ts'
import type { ImageJson } from '../surfaces.ts'

/** Configuration and history of an image as the engine tells them; which entries have a layer it does not say. */
export async function describe(host: Host, { config, localName }: BuiltImage, env: Environment): Promise<ImageJson> {
  const argv = ['docker', 'image', 'history', '--no-trunc', '--format', '{{json .CreatedBy}}', localName]
  const { exitCode, stdout } = await host.capture({ argv, env })
  const entries = exitCode === 0 ? stdout.split('\n').filter((line) => line.startsWith('"')) : []
  return {
    config: {
      Env: Object.entries(config.env).map(([name, value]) => `${name}=${value}`),
      Labels: config.labels,
      Cmd: config.command,
    },
    // Newest first.
    history: entries.map((line) => ({ created_by: JSON.parse(line) as string, empty_layer: true })).reverse(),
  }
}
