/**
 * Files of the e2e suite that nothing may run beside: they hold times against a bound, count what the whole engine does, or
 * look through everybody's temporary files. All others run two at a time: each has its own registry, folders, names, and
 * engine where it empties one.
 */
export const alone: readonly string[] = [
  'advice',
  'bad-input',
  'beside',
  'broken',
  'build-options',
  'canary',
  'cancel',
  'dry-run',
  'gains',
  'gate-command',
  'memory',
  'post',
  'same-bits',
  'secrets',
  'start',
  'weather',
]
