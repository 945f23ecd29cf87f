import type { Publishable } from './gated.ts'

/** The digest that a registry knows an image by; undefined on the classic store, which has none before the push. */
export function rootOf({ layout, origin, store, digest }: Pick<Publishable, 'store' | 'digest' | 'layout' | 'origin'>): string | undefined {
  return layout?.root.digest ?? origin?.root.digest ?? (store === 'containerd' ? digest : undefined)
}
