import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { choosePort, commandPort } from '../../src/smoke/choose-port.ts'

describe('the port is the one given, else what the image says, else that of the preset', () => {
  const silent = ['python', 'app.py']
  test.each<readonly [number | undefined, readonly number[], string | undefined, readonly string[], number | undefined, number, string]>([
    [9000, [8000, 8080], '1', ['x', '--port', '2'], 3000, 9000, 'input'],
    [undefined, [8000], '1', ['x', '--port', '2'], 3000, 8000, 'EXPOSE'],
    [undefined, [3000, 8080], undefined, silent, undefined, 8080, 'EXPOSE'],
    [undefined, [3000, 8000, 8080], undefined, silent, undefined, 8000, 'EXPOSE'],
    [undefined, [3000, 8000, 8080], undefined, silent, 3000, 3000, 'EXPOSE'],
    [undefined, [3000, 5000], undefined, silent, 80, 3000, 'EXPOSE'],
    [undefined, [], '7000', ['x', '--port', '2'], 3000, 7000, 'PORT'],
    [undefined, [], 'auto', ['x', '--port', '2'], 3000, 2, 'CMD'],
    [undefined, [], undefined, silent, 3000, 3000, 'preset'],
    [undefined, [], undefined, silent, undefined, 8000, 'default'],
  ])('%#', (given, exposedPorts, PORT, command, preset, port, from) =>
    expect(choosePort(given, { exposedPorts, command }, PORT === undefined ? {} : { PORT }, preset)).toEqual({ port, from }),
  )
})

describe('the port of a command line', () => {
  test.each<readonly [string, number | undefined]>([
    ['uvicorn app:app --port 8001', 8001],
    ['uvicorn app:app --port=8001', 8001],
    ['gunicorn -b 0.0.0.0:9000 app:app', 9000],
    ['gunicorn -b :9000 app:app', 9000],
    ['gunicorn --bind=[::]:9000 app:app', 9000],
    ['gunicorn --bind tcp://0.0.0.0:9000 app:app', 9000],
    ['waitress-serve --listen=*:8041 app:app', 8041],
    ['flask run -p 5001', 5001],
    ['tensorflow_model_server --rest_api_port=8501 --port=8500', 8501],
    ['sh -c "uvicorn app:app --port $PORT"', 7001],
    ['sh -c "uvicorn app:app --port ${PORT}"', 7001],
    ['sh -c "uvicorn app:app --port ${OTHER:-7002}"', 7002],
    ['uvicorn app:app --port 99999', undefined],
    ['gunicorn --bind unix:/run/app.sock app:app', undefined],
    ['gunicorn app:app', undefined],
    ['python train.py --report 8000 --exports 1', undefined],
  ])('%s: %s', (line, port) => expect(commandPort(line.split(' '), { PORT: '7001' })).toBe(port))
  test('is a port, or none', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('--port', '-b', '-p', ':8000', '70000'))), (words) => {
        const port = commandPort(words, {})
        return port === undefined || (port > 0 && port <= 65_535)
      }),
    ))
})
