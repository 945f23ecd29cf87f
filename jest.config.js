import { alone } from './script/suites.ts'

const inTurn = alone.map((name) => `<rootDir>/__tests__/e2e/${name}.test.ts`)

const shared = {
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }] },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
}

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
      testPathIgnorePatterns: ['/node_modules/', ...inTurn],
    },
    { ...shared, displayName: 'e2e-alone', testMatch: inTurn },
  ],
  testSequencer: '<rootDir>/script/sequencer.js',
  testTimeout: 300_000,
}
