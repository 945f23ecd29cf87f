const shared = {
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }] },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
}

/**
 * Files of the e2e suite that nothing may run beside: they hold times against a bound, count what the whole engine does,
 * look through everybody's temporary files, or start engines of their own. All others run two at a time: each has its own
 * registry, folders and names.
 */
export const alone = [
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
  'switch-store',
  'weather',
].map((name) => `<rootDir>/__tests__/e2e/${name}.test.ts`)

/** Three suites: `unit` needs nothing but node; `e2e` and `e2e-alone` use the real engine, registry and runner. */
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/e2e/'],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/__tests__/e2e/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...alone],
    },
    { ...shared, displayName: 'e2e-alone', testMatch: alone },
  ],
  testSequencer: '<rootDir>/script/sequencer.js',
  testTimeout: 300_000,
}
