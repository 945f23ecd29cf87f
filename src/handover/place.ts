/** An OCI image layout: a folder, absolute and as it was given. */
export type LayoutPlace = Readonly<{ kind: 'layout'; folder: string; given: string }>

/** How a place is written in `push` and `from`. */
export function placeText({ given }: LayoutPlace): string {
  return `oci:${given}`
}
