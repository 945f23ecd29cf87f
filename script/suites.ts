/**
 * Files of the e2e suite that nothing may run beside: they hold times against a bound, count what the whole engine does,
 * look through everybody's temporary files, start engines of their own, or eight runs at once. All others run two at a time:
 * each has its own registry, folders and names.
 */
export const alone: readonly string[] = [
  'advice',
  'around',
  'bad-input',
  'beside',
  'broken',
  'build-options',
  'builders',
  'cache-service',
  'canary',
  'cancel',
  'contract',
  'dry-run',
  'gains',
  'gate-command',
  'image-cache',
  'kept-mounts',
  'leaks',
  'memory',
  'nothing-on-failure',
  'post',
  'races',
  'reproducible',
  'same-bits',
  'secrets',
  'size',
  'switch-store',
  'weather',
]
