import { type Sign, sign } from './diagnosis.ts'

/** The server itself. */
export const serverSigns: readonly Sign[] = [
  sign(
    'worker-timeout',
    /WORKER TIMEOUT|Worker timeout|worker .*(?:timed out|failed to boot in time)/,
    'The server killed a worker that took longer than its time-out, while it loaded the model or predicted.',
    (_, { evidence }) => {
      const command = evidence.expected.command.join(' ')
      return [`CMD ${/gunicorn/.test(command) ? command.replace(/^(?:\S*sh -c )/, '') : 'gunicorn main:app'} --timeout 120 --preload`]
    },
  ),
]

/** A worker that ended for a reason that no other line tells. */
export const workerSigns: readonly Sign[] = [
  sign(
    'killed-by-itself',
    /was sent SIGKILL! Perhaps out of memory|sending SIGKILL|os\.kill\(.*SIGKILL/,
    'A process of the container was killed by another one of it.',
    ['# the log above has the error of loading; docker run --rm -it IMAGE shows all of it'],
  ),
  sign(
    'worker-boot-failed',
    /Worker failed to boot|Exception in worker process|Application startup failed/,
    'The application raised an error while it started.',
    ['docker run --rm -it IMAGE python -c "import main"    # the module that CMD names'],
  ),
]
