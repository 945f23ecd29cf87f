/** How a registry is reached, where that is not over TLS that the machine trusts by itself. */
export type Transport = Readonly<{
  /** Certificates (PEM) of authorities that are trusted beside those of the machine. */
  ca?: string
  /** Plain HTTP, beyond the loopback too. */
  plainHttp?: true
}>
