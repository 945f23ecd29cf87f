/** What is shorter than this (characters) is not masked: it would be found in the middle of words. */
export const shortestSecret = 4

/**
 * Every form of a secret that may turn up in a log: itself, its lines, as a part of an address, of JSON and of a basic
 * login. The runner knows some of them; on a laptop nobody does.
 */
export function secretForms(secret: string): readonly string[] {
  const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim())
  const encoded = encodeURIComponent(secret)
  const forms = [
    ...[secret, ...lines],
    ...[encoded, encoded.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)],
    ...(secret.length < shortestSecret ? [] : [Buffer.from(secret).toString('base64')]),
  ]
  return [...new Set(forms)].filter((form) => form.length >= shortestSecret)
}

/** What is shorter (characters) may be a tag or a word of ours: only the runner masks it, in the log. */
const shortestInTexts = 8

/** A text for others than the log, without the forms that are hidden; the longest first, as one may hold another. */
export function maskIn(text: string, forms: Iterable<string>): string {
  return [...forms]
    .filter((form) => form.length >= shortestInTexts)
    .toSorted((a, b) => b.length - a.length)
    .reduce((masked, form) => masked.replaceAll(form, '***'), text)
}
