import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { licencesText, licensedPackages } from '../../script/licences.ts'

/** A project with these packages and their files. */
function project(packages: Readonly<Record<string, Readonly<{ license: string; dev?: true; files: Readonly<Record<string, string>> }>>>) {
  const root = mkdtempSync(join(tmpdir(), 'licences-'))
  const locked = Object.entries(packages).map(([path, { license, dev }]) => [path, { version: '1.0.0', license, dev }])
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: Object.fromEntries([['', {}], ...locked]) }))
  for (const [path, { files }] of Object.entries(packages))
    for (const [name, text] of Object.entries({ 'package.json': '{"author":"Ann"}', ...files })) {
      const file = join(root, path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

test('licence files and notices; else what the README says; else the text that the name stands for', () => {
  using made = project({
    'node_modules/files': { license: 'Apache-2.0', files: { LICENSE: 'Apache', 'NOTICE.txt': 'by Bob', 'index.js': '' } },
    'node_modules/a/node_modules/@s/readme': {
      license: 'MIT',
      files: { 'README.md': '# It\n\nText\n\n## License\r\n\r\nCopyright Cid\r\n' },
    },
    'node_modules/none': { license: 'ISC', files: { 'README.md': '## License\n\nISC' } },
    'node_modules/sibling': { license: 'Apache-2.0', files: {} },
    'node_modules/test': { license: 'MIT', dev: true, files: {} },
    'node_modules/has-flag': { license: 'MIT', dev: true, files: { license: 'of has-flag' } },
  })
  rmSync(join(made.root, 'node_modules/test'), { recursive: true })
  const found = licensedPackages(made.root)
  expect(found.map(({ name, text }) => [name, text.split('\n\n').slice(0, 2).join(' ').slice(0, 60)])).toEqual([
    ['@s/readme', 'Copyright Cid'],
    ['files', 'Apache by Bob'],
    ['has-flag', 'of has-flag'],
    ['none', 'Copyright (c) Ann Permission to use, copy, modify, and/or di'],
    ['sibling', 'Apache by Bob'],
  ])
  const [readme, apache] = licencesText(found).split(`${'-'.repeat(80)}\n\n`)
  expect(readme).toBe('@s/readme 1.0.0 (MIT)\n\nCopyright Cid\n\n')
  expect(apache).toBe('files 1.0.0 (Apache-2.0)\nsibling 1.0.0 (Apache-2.0)\n\nApache\n\nby Bob\n\n')
})

test('a package without a licence is not bundled in silence', () => {
  using made = project({ 'node_modules/secret': { license: 'UNLICENSED', files: {} } })
  expect(() => licensedPackages(made.root)).toThrow('secret has no text of its licence (UNLICENSED)')
})
