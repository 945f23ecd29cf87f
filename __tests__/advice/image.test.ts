import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { imageFilesReader, type LayerFile } from '../../src/advice/image-files.ts'
import { lookBy } from '../../src/advice/look.ts'
import { withMeasured } from '../../src/advice/measured.ts'
import { installedPackages } from '../../src/advice/packages.ts'
import type { ImageLayer, ImageSubject } from '../../src/advice/rule.ts'
import { imageRules } from '../../src/advice/rules/image/rules.ts'
import { applyDiff } from './apply-diff.ts'
import { projectSubject } from './project.ts'

const dockerfile =
  'FROM python:3.11-slim\nWORKDIR /app\nCOPY model/ model/\nRUN pip install -r requirements.txt\nRUN chown -R app /app\nCMD ["python", "app.py"]\n'
const layer = (instruction: string, bytes: number, line: number, own = true): ImageLayer => ({
  instruction,
  bytes,
  own,
  at: { file: 'Dockerfile', line },
})
const layers = [
  layer('# debian.sh', 30e6, 1, false),
  layer('COPY model/ model/', 90e6, 3),
  layer('RUN pip install -r requirements.txt', 60e6, 4),
  layer('RUN chown -R app /app', 1000, 5),
]

type Held = Readonly<Record<number, Readonly<Record<string, number>>>>
const files = (held: Held) => {
  const reader = imageFilesReader()
  for (const [index, paths] of Object.entries(held))
    for (const [path, bytes] of Object.entries(paths)) reader.add(Number(index), { path, bytes })
  return reader.end()
}
const image = (held: Held, more: Partial<ImageSubject> = {}): ImageSubject => ({
  user: 'app',
  layers,
  files: files(held),
  gpu: false,
  imports: () => new Set(['fastapi']),
  dockerfile: projectSubject({ Dockerfile: dockerfile }),
  ...more,
})
const told = (subject: ImageSubject) => lookBy(imageRules, subject)
const packages = '/usr/local/lib/python3.11/site-packages'

type Case = Readonly<{ rule: string; hit: ImageSubject; near: ImageSubject; says: RegExp; bytes?: number; line?: number }>

const unread = (subject: ImageSubject): ImageSubject => {
  const { files: _, ...rest } = subject
  return rest
}
const asked = { [`${packages}/matplotlib-3.9.0.dist-info/REQUESTED`]: 0 }
const cases: readonly Case[] = [
  {
    rule: 'chown-copies',
    hit: image({ 1: { '/app/model/m.bin': 95e6, '/app/model/c.json': 10 }, 3: { '/app/model/m.bin': 95e6, '/app/model/c.json': 10 } }),
    near: image({ 1: { '/app/model/m.bin': 95e6 }, 3: { '/app/log': 95e6 } }),
    says: /RUN chown -R app \/app writes 2 files of "COPY model\/ model\/" into the image a second time \(95\.0 MB, \/app\/model\/m\.bin\)/,
    bytes: 95_000_010,
    line: 5,
  },
  {
    rule: 'chown-copies',
    hit: unread(image({}, { layers: [...layers.slice(0, 3), layer('RUN chown -R app /app', 88e6, 5)] })),
    near: unread(image({}, { layers: [...layers.slice(0, 3), layer('RUN chmod +x run.sh && make', 9e6, 5)] })),
    says: /has as many bytes as "COPY model\/ model\/"/,
    bytes: 88e6,
    line: 5,
  },
  {
    rule: 'wasted-bytes',
    hit: image({ 2: { '/tmp/build/a.o': 4e6, '/tmp/build/b.o': 1e6 }, 3: { '/tmp/.wh.build': 0 } }),
    near: image({ 0: { '/usr/share/doc/a': 9e6 }, 3: { '/usr/share/.wh.doc': 0 } }),
    says: /deletes or replaces 2 files \(5\.0 MB, \/tmp\/build\/a\.o\)/,
    bytes: 5e6,
    line: 4,
  },
  {
    rule: 'wasted-bytes',
    hit: image({ 1: { '/app/a': 2e6 }, 2: { '/app/a': 3e6 } }),
    near: image({ 1: { '/app/a': 2e6 }, 3: { '/app/b': 3e6 } }),
    says: /replaces 1 file/,
    bytes: 2e6,
    line: 3,
  },
  {
    rule: 'test-tools-in-image',
    hit: image({
      2: {
        [`${packages}/pytest/a.py`]: 2e6,
        [`${packages}/_pytest/b.py`]: 1e6,
        [`${packages}/pytest-8.0.0.dist-info/METADATA`]: 100,
        [`${packages}/pytest-8.0.0.dist-info/REQUESTED`]: 0,
      },
    }),
    near: image({
      2: { [`${packages}/pytest/a.py`]: 2e6, [`${packages}/pytest-8.0.0.dist-info/METADATA`]: 100, '/app/pytest/own.py': 2e6 },
    }),
    says: /pytest 3\.0 MB/,
    bytes: 3_000_100,
  },
  {
    rule: 'desk-tools-in-image',
    hit: image({ 2: { [`${packages}/matplotlib/a.so`]: 30e6, ...asked } }),
    near: image({ 2: { [`${packages}/matplotlib/a.so`]: 30e6, ...asked } }, { imports: () => new Set(['matplotlib']) }),
    says: /matplotlib 30\.0 MB/,
    bytes: 30e6,
  },
  {
    rule: 'cuda-wheels-on-cpu',
    hit: image({ 2: { [`${packages}/nvidia/cublas/lib/libcublas.so.12`]: 400e6, [`${packages}/triton/_C/a.so`]: 200e6 } }),
    near: image({ 2: { [`${packages}/nvidia/cublas/lib/libcublas.so.12`]: 400e6 } }, { gpu: true }),
    says: /libraries of CUDA.*nvidia 400\.0 MB, triton 200\.0 MB/,
    bytes: 600e6,
  },
  {
    rule: 'compilers-left',
    hit: image({ 2: { '/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus': 30e6, '/usr/bin/x86_64-linux-gnu-gcc-12': 1e6 } }),
    near: image({ 0: { '/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus': 30e6 }, 2: { '/usr/lib/x86_64-linux-gnu/libgomp.so.1': 30e6 } }),
    says: /compilers: \/usr\/lib\/gcc.*and 1 more \(31\.0 MB\)/,
    bytes: 31e6,
    line: 4,
  },
  {
    rule: 'shell-history-in-image',
    hit: image({ 2: { '/root/.bash_history': 300 } }),
    near: image({ 2: { '/root/.bashrc': 300 } }),
    says: /\/root\/\.bash_history/,
    line: 4,
  },
  ...[
    ['pip-cache', '/root/.cache/pip/http-v2/a', 'what pip has downloaded'],
    ['conda-cache', '/opt/conda/pkgs/numpy.conda', 'what conda has downloaded'],
    ['apt-lists', '/var/lib/apt/lists/mirror.example_debian_Packages', 'lists of packages'],
    ['caches-in-image', '/root/.cache/uv/archive-v0/a', 'caches of installers'],
  ].map(
    ([rule = '', path = '', what]): Case => ({
      rule,
      hit: image({ 2: { [path]: 50e6 } }),
      near: image({ 2: { '/root/.cache/huggingface/hub/model.bin': 50e6, '/var/lib/apt/lists/lock': 0 } }),
      says: new RegExp(`${what}: ${path} \\(50\\.0 MB\\)`),
      bytes: 50e6,
      line: 4,
    }),
  ),
  {
    rule: 'timestamps-in-image',
    hit: image({ 2: { '/var/log/dpkg.log': 3000, '/var/log/apt/history.log': 500 } }),
    near: image({ 0: { '/var/log/dpkg.log': 3000 }, 2: { '/var/log/.keep': 0 } }),
    says: /time of the build: \/var\/log\/dpkg\.log and 1 more/,
    line: 4,
  },
  {
    rule: 'large-image',
    hit: image({ 2: { [`${packages}/torch/a.so`]: 8e9 } }, { layers: [...layers.slice(0, 2), layer('RUN pip install torch', 4.2e9, 4)] }),
    near: image({}),
    says: /The image has 4\.32 GB compressed/,
    line: 4,
  },
  {
    rule: 'large-image',
    hit: image({}, { budget: 190e6 }),
    near: image({}, { budget: 400e6 }),
    says: /180\.0 MB, 95 % of max-image-size \(190\.0 MB\)/,
    line: 3,
  },
  {
    rule: 'root-user',
    hit: image({}, { user: '0:0' }),
    near: image({}, { user: '1000' }),
    says: /runs as root: the image has USER 0:0/,
  },
]

describe.each(cases)('$rule, $says', ({ rule, hit, near, says, bytes, line }) => {
  const found = told(hit).filter((one) => one.rule === rule)
  test('is told once, with what was measured', () => {
    expect(found).toMatchObject([
      { message: expect.stringMatching(says), ...(line ? { at: { line } } : {}), ...(bytes ? { gain: { kind: 'size', bytes } } : {}) },
    ])
  })
  test('does not mind what is like it', () => expect(told(near).map((one) => one.rule)).not.toContain(rule))
})

test('each rule has a case', () => {
  expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual(imageRules.map(({ id }) => id).sort())
})
test('what a RUN leaves it is to take away itself', () => {
  const fix = told(image({ 2: { '/root/.cache/pip/a': 5e6 } }))[0]?.fix ?? ''
  expect(applyDiff({ Dockerfile: dockerfile }, fix)['Dockerfile']).toContain(
    'RUN pip install -r requirements.txt \\\n    && rm -rf /root/.cache',
  )
})
test('a clean image has no advice', () => {
  expect(told(image({ 1: { '/app/model/m.bin': 9e7 }, 2: { [`${packages}/fastapi/a.py`]: 1e6 }, 3: { '/app/run.sh': 10 } }))).toEqual([])
})

describe('what the layers hold', () => {
  test('a folder that is made anew hides what was in it', () => {
    const { live, lost } = files({ 1: { '/a/b/c': 5, '/a/bc': 7 }, 2: { '/a/b/.wh..wh..opq': 0, '/a/b/d': 1 } })
    expect([...live.keys()]).toEqual(['/a/bc', '/a/b/d'])
    expect(lost).toEqual([{ from: 1, to: 2, files: 1, bytes: 5, largest: '/a/b/c' }])
  })
  test('layers that come in any order are laid in their own', () => {
    const reader = imageFilesReader()
    reader.add(5, { path: '/a', bytes: 2 })
    reader.add(1, { path: '/a', bytes: 1 })
    expect(reader.end().lost).toMatchObject([{ from: 1, to: 5, bytes: 1 }])
  })
  test('of many files the largest is told', () => {
    expect(files({ 1: { '/a': 1, '/b': 9, '/c': 3 }, 2: { '/a': 1, '/b': 9, '/c': 3 } }).again).toEqual([
      { from: 1, to: 2, files: 3, bytes: 13, largest: '/b' },
    ])
  })
  test('no byte is counted twice: what is live, had again and lost is what the layers have', () => {
    const name = fc.constantFrom('/a', '/a/b', '/a/c', '/d', '/.wh.a', '/a/.wh.b', '/a/.wh..wh..opq')
    const file = fc.record({ path: name, bytes: fc.integer({ min: 0, max: 9 }) })
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(file, { selector: ({ path }: LayerFile) => path, maxLength: 7 }), { maxLength: 5 }), (all) => {
        const reader = imageFilesReader()
        for (const [index, held] of all.entries()) for (const one of held) reader.add(index, one)
        const { live, again, lost } = reader.end()
        const sum = (list: readonly Readonly<{ bytes: number }>[]) => list.reduce((total, { bytes }) => total + bytes, 0)
        const given = sum(all.flat().filter(({ path }) => !path.includes('/.wh.')))
        expect(sum([...live.values()]) + sum(again) + sum(lost)).toBe(given)
      }),
    )
  })
  test('packages by their folders, with the version of their metadata', () => {
    const { live } = files({
      1: {
        [`${packages}/numpy/a.so`]: 30,
        [`${packages}/numpy.libs/b.so`]: 20,
        [`${packages}/numpy-1.26.4.dist-info/RECORD`]: 5,
        [`${packages}/six.py`]: 3,
        '/app/x.py': 9,
      },
    })
    expect(installedPackages({ live })).toEqual([
      { name: 'numpy', version: '1.26.4', bytes: 55 },
      { name: 'six', bytes: 3 },
    ])
  })
})

test('what the files foretold and the image shows is told once, with the bytes that were measured', () => {
  const one = (rule: string, bytes?: number, message = 'foretold') => ({
    rule,
    message,
    why: '',
    gain: { kind: 'size' as const, ...(bytes ? { bytes } : {}) },
  })
  expect(withMeasured([one('a'), one('b', 3)], [one('a', 5, 'seen'), one('a', 2, 'seen'), one('c', 9, 'seen')])).toEqual([
    one('c', 9, 'seen'),
    one('a', 7),
    one('b', 3),
  ])
})
