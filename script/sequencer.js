import Sequencer from '@jest/test-sequencer'

/** Files that take minutes begin first, so that two at a time end together: a fresh checkout knows no times. */
const long = ['servers', 'init', 'snippets', 'hostile', 'cache-service', 'examples/churn-queue', 'builders', 'nothing-on-failure'].map(
  (name) => `/__tests__/e2e/${name}.test.ts`,
)
const rank = ({ path }) => long.findIndex((name) => path.endsWith(name)) >>> 0

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other))
  }
}
