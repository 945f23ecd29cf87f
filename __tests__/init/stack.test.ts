import { describe, expect, test } from '@jest/globals'
import { findStack } from '../../src/init/compose.ts'
import type { Folder } from '../../src/init/folder.ts'
import { initIn, type Texts } from './initialising.ts'

const folderOf = (texts: Texts): Folder => ({
  paths: Object.keys(texts).sort(),
  read: (path) => texts[path],
  bytes: (path) => texts[path]?.length ?? 0,
  isThere: (path) => path in texts,
  leftOut: () => false,
})
const stackOf = (text: string, more: Texts = {}) => findStack(folderOf({ 'docker-compose.yml': text, ...more }))

const api = `services:
  api:
    build: .
    ports: ["127.0.0.1:8000:80/tcp"]
    depends_on:
      redis: { condition: service_healthy }
  redis:
    image: redis:7-alpine
`

describe('the service of a compose file that is built here', () => {
  const alone = { file: 'docker-compose.yml', service: 'api', isOnlyOne: true, needs: [], mounts: [], isWhole: true }
  test.each([
    ['with what starts before it', api, { ...alone, port: 80, needs: ['redis'] }],
    ['a list of needs', 'services: { api: { build: { context: ./ }, depends_on: [db, queue] } }', { ...alone, needs: ['db', 'queue'] }],
    ['a range of ports', 'services: { api: { build: ., ports: ["8000-8002:8000"] } }', { ...alone, port: 8000 }],
    ['the long form of a port', 'services: { api: { build: ., ports: [{ target: 9000, published: "80" }] } }', { ...alone, port: 9000 }],
    ['two ports: neither is the one', 'services: { api: { build: ., ports: ["80:80", "81:81"] } }', alone],
    [
      'of two that are built the one that is published',
      'services: { api: { build: ., ports: ["80"] }, worker: { build: . } }',
      { ...alone, port: 80, isOnlyOne: false },
    ],
    ['a key that is merged', 'x-b: &b { build: . }\nservices: { api: { <<: *b } }', alone],
    [
      'a folder that a checkout lacks',
      'services: { api: { build: ., volumes: ["./m:/app/m:ro"] } }',
      { ...alone, mounts: ['/app/m'], isWhole: false },
    ],
    ['a volume with a name', 'services: { api: { build: ., volumes: ["data:/data"] } }', alone],
    ['another folder', 'services: { api: { build: ./api } }', undefined],
    ['another Dockerfile', 'services: { api: { build: { context: ., dockerfile: gpu.Dockerfile } } }', undefined],
    ['images alone', 'services: { api: { image: acme/api } }', undefined],
    ['two that are published', 'services: { a: { build: ., ports: ["1"] }, b: { build: ., ports: ["2"] } }', undefined],
    ['no YAML', 'services: [', undefined],
    ['no services', 'version: "3"', undefined],
  ])('%s', (_, text, stack) => expect(stackOf(text)).toEqual(stack))

  test('what it mounts is there', () =>
    expect(stackOf('services: { api: { build: ., volumes: ["./m:/m"] } }', { 'm/.gitkeep': '' })).toMatchObject({ isWhole: true }))
})

const server = `import os
from pathlib import Path

from fastapi import FastAPI
from transformers import pipeline

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "model/sentiment"))
app = FastAPI()
classify = pipeline("sentiment-analysis", model=str(MODEL_PATH))


@app.get("/health")
def health():
    return {"bytes": len((MODEL_PATH / "model.safetensors").read_bytes())}
`
const maker = 'from app import MODEL_PATH\n\nif __name__ == "__main__":\n    model.save_pretrained(MODEL_PATH)\n'
const project = { 'app.py': server, 'make_model.py': maker, 'requirements.txt': 'fastapi==0.121.3\ntransformers==4.57.1\n' }

describe('a project that is part of a stack', () => {
  test('is tested in it, and listens where the others look for it', async () => {
    const { written, advice } = await initIn({ ...project, 'docker-compose.yml': api })
    expect(written['.github/workflows/image.yml']).toContain('          compose-file: docker-compose.yml # with redis beside it\n')
    expect(written['Dockerfile']).toContain('\nEXPOSE 80\n')
    expect(written['Dockerfile']).toContain('"--port", "80"]')
    expect(advice).toEqual([])
  })

  test.each([
    ['nothing is beside the service', api.replace(/ {4}depends_on.*/s, '')],
    ['a folder lies over the model of the build', api.replace('    depends_on', '    volumes: ["./model:/app/model:ro"]\n    depends_on')],
    ['a folder is not in the checkout', api.replace('    depends_on', '    volumes: ["./data:/data"]\n    depends_on')],
  ])('not where %s', async (_, text) => {
    const { written } = await initIn({ ...project, 'model/.gitignore': '*', 'docker-compose.yml': text })
    expect(written['.github/workflows/image.yml']).not.toContain('compose')
  })

  test('a model that it mounts and that the tests make is not in the image', async () => {
    const volumes = api.replace('    depends_on', '    volumes: ["./model:/app/model:ro"]\n    depends_on')
    const tests = { 'tests/conftest.py': 'from make_model import make_model\n', 'tests/test_app.py': 'import app\n' }
    const { written, text } = await initIn({ ...project, ...tests, 'model/.gitignore': '*', 'docker-compose.yml': volumes })
    expect(written['.github/workflows/image.yml']).toContain(`
          test-first: true # the tests make model/sentiment, which docker-compose.yml mounts
          compose-file: docker-compose.yml # with redis beside it
`)
    expect(written['Dockerfile']).not.toContain('make_model')
    expect(text).toContain('model     model/sentiment, in a volume; the tests make it')
  })

  test('what is for other machines stays out of the image', async () => {
    const { written } = await initIn({ ...project, 'gpu.Dockerfile': 'FROM x\n', 'monitoring/prometheus.yml': 'x: 1\n' })
    expect(written['Dockerfile']).not.toMatch(/gpu|monitoring/)
  })
})

describe('a model that is a folder', () => {
  test('is made by the script that saves it, and taken over as a whole', async () => {
    const { written } = await initIn({ ...project, 'tests/test_app.py': 'from make_model import make_model\n' })
    expect(written['Dockerfile']).toContain('COPY app.py make_model.py ./\nRUN mkdir -p model && python make_model.py\n')
    expect(written['Dockerfile']).toContain('\nCOPY --from=train /app/model/sentiment ./model/sentiment\n')
    // They make it themselves.
    expect(written['.github/workflows/image.yml']).not.toContain('test-in')
  })

  test('is none to make where nothing saves it: it may be the name of one in a hub', async () => {
    const { 'make_model.py': _, ...rest } = project
    const { written, text } = await initIn(rest)
    expect(written['Dockerfile']).not.toContain('AS train')
    expect(text).toContain('model.safetensors is loaded by the server')
  })
})

test('a pickle that is written as bytes is a model that is saved', async () => {
  const { written } = await initIn({
    'app.py':
      'import pickle\nfrom pathlib import Path\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = pickle.loads(Path("m.pkl").read_bytes())\n',
    'fit.py': 'import pickle\nfrom pathlib import Path\n\nPath("m.pkl").write_bytes(pickle.dumps(model))\n',
    'requirements.txt': 'fastapi==0.121.3\n',
  })
  expect(written['Dockerfile']).toContain('RUN python fit.py\n')
})
