/** A file as a layer holds it; one that takes an earlier one away begins with `.wh.` (OCI image spec, layer.md). */
export type HeldFile = Readonly<{ path: string; bytes: number }>

/** A layer as the manifest has it, with what made it: compressed bytes. `line` is that of the Dockerfile. */
export type SeenLayer = Readonly<{ bytes: number; own: boolean; instruction: string; line?: number; held?: readonly HeldFile[] }>

/** What the search for secrets has seen of an image on its way, for whoever wants to tell more of it: those of the base first. */
export type SeenImage = Readonly<{ user: string; layers: readonly SeenLayer[] }>
