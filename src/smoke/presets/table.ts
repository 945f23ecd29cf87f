import { cloudPresets } from './clouds.ts'
import { frameworkPresets } from './frameworks.ts'
import { languageModelPresets } from './language-models.ts'
import type { PresetName } from './names.ts'
import type { Preset } from './preset.ts'
import { protocolPresets } from './protocols.ts'
import { webPresets } from './web.ts'

/** Every preset; `http` is what an image is taken for that is recognised as nothing else. */
export const presets: Readonly<Record<PresetName | 'http', Preset>> = {
  ...webPresets,
  ...protocolPresets,
  ...frameworkPresets,
  ...languageModelPresets,
  ...cloudPresets,
}
