import { describe, expect, test } from '@jest/globals'
import type { ImageConfig } from '../../src/build/image.ts'
import { contractText, expectService } from '../../src/smoke/contract.ts'
import { recognise } from '../../src/smoke/recognise.ts'
import { createInputs } from '../builders.ts'

const image = (config: Partial<ImageConfig>): ImageConfig => ({
  exposedPorts: [],
  workingDirectory: '/app',
  command: ['python', 'app.py'],
  env: {},
  labels: {},
  ...config,
})
const shell = (line: string) => ['/bin/sh', '-c', line]
const cmd = (line: string) => image({ command: line.split(' ') })

describe('an image is recognised by its configuration', () => {
  test.each<readonly [string, ImageConfig, number]>([
    ['fastapi', cmd('uvicorn app:app --host 0.0.0.0'), 8000],
    ['fastapi', cmd('fastapi run app.py'), 8000],
    ['fastapi', cmd('gunicorn -k uvicorn.workers.UvicornWorker -b :9000 app:app'), 9000],
    ['fastapi', image({ command: shell('exec uvicorn app:app --port ${PORT:-8081}') }), 8081],
    ['flask', cmd('flask --app app run --host 0.0.0.0'), 5000],
    ['flask', cmd('flask run -p 5001'), 5001],
    ['flask', cmd('gunicorn app:app'), 8000],
    ['flask', cmd('waitress-serve --listen=*:9090 app:app'), 9090],
    ['flask', image({ env: { FLASK_APP: 'app' } }), 5000],
    ['mlflow', cmd('mlflow models serve -m model -h 0.0.0.0'), 5000],
    ['mlflow', image({ command: ['python', '-c', 'from mlflow.models import container as C; C._serve("python_function")'] }), 8080],
    ['bentoml', cmd('bentoml serve service:Iris'), 3000],
    ['bentoml', image({ env: { BENTO_PATH: '/home/bentoml/bento' } }), 3000],
    ['cog', image({ labels: { 'run.cog.version': '0.9' } }), 5000],
    ['cog', cmd('python -m cog.server.http'), 5000],
    ['mlserver', cmd('mlserver start /mnt/models'), 8080],
    ['triton', cmd('tritonserver --model-repository=/models'), 8000],
    ['tfserving', cmd('/usr/bin/tf_serving_entrypoint.sh'), 8501],
    ['torchserve', cmd('torchserve --start --model-store /models'), 8080],
    ['vllm', cmd('vllm serve facebook/opt-125m'), 8000],
    ['vllm', cmd('python3 -m vllm.entrypoints.openai.api_server --port 8001'), 8001],
    ['tgi', image({ command: ['text-generation-launcher'], env: { PORT: '80' } }), 80],
    ['tei', cmd('text-embeddings-router'), 80],
    ['azureml', cmd('azmlinfsrv --entry_script score.py'), 5001],
    ['ray-serve', cmd('serve run app:app'), 8000],
    ['truss', image({ env: { TRUSS_MODEL: 'x' } }), 8080],
    ['kserve-v1', cmd('python -m sklearnserver --model_dir /mnt'), 8080],
    ['vertex', image({ env: { AIP_PREDICT_ROUTE: '/p' }, command: ['uvicorn', 'app:app', '--port', '8080'] }), 8080],
    ['sagemaker', image({ labels: { 'com.amazonaws.sagemaker.capabilities.accept-bind-to-port': 'true' } }), 8080],
    ['hf-space', cmd('uvicorn app:app --host 0.0.0.0 --port 7860'), 7860],
    ['hf-space', image({ exposedPorts: [7860] }), 7860],
  ])('%s, port %#', (preset, config, port) => {
    const { smoke } = createInputs()
    expect(recognise(config)?.preset).toBe(preset)
    expect(expectService(smoke, config)).toMatchObject({ preset, port: { port } })
  })
  test.each(['python app.py', 'node observer.js', 'java -jar server.jar', 'python -m http.server 8000'])('%s: as nothing', (line) =>
    expect(recognise(cmd(line))).toBeUndefined(),
  )
})

describe('what was inferred is said, and from what', () => {
  const text = (config: Partial<ImageConfig>, smoke = {}) => contractText(expectService(createInputs({ smoke }).smoke, image(config)))
  test.each<readonly [string, string]>([
    [
      text({ command: ['mlflow', 'models', 'serve', '-m', 'm'] }),
      'mlflow (CMD: mlflow models serve -m m): port 5000 (preset), ready by /ping, predicts at /invocations',
    ],
    [text({}), 'a server of no known kind: port 8000 (default), ready by the usual health paths, predicts at /predict'],
    [
      text({ exposedPorts: [9000] }, { preset: 'triton', predictPath: '/p' }),
      'triton (input), by contract: port 9000 (EXPOSE), ready by /v2/health/live and /v2/models/{model}/ready, predicts at /p',
    ],
    [text({}, { preset: 'none' }), 'none (input): nothing is called, it must stay up'],
  ])('%s', (said, wanted) => expect(said).toBe(wanted))
})

test('the longest start is that of the input, else of the preset, else two minutes', () => {
  const of = (smoke: Parameters<typeof createInputs>[0]) => expectService(createInputs(smoke).smoke, image({})).startTimeoutMs
  expect([of({}), of({ smoke: { preset: 'vllm' } }), of({ smoke: { preset: 'vllm', startTimeoutMs: 9 } })]).toEqual([120_000, 1_800_000, 9])
})
