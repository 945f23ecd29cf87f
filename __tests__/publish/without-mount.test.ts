import { expect, test } from '@jest/globals'
import { withoutMount } from '../../src/publish/without-mount.ts'

const blob = `sha256:${'a'.repeat(64)}`

test.each([
  [`blobs/uploads/?mount=${blob}&from=library/python`, 'blobs/uploads/'],
  [`blobs/uploads/?from=library%2Fpython&digest-algorithm=sha512&mount=${blob}`, 'blobs/uploads/?digest-algorithm=sha512'],
  ['blobs/uploads/', 'blobs/uploads/'],
  ['blobs/uploads/7f?from=1', 'blobs/uploads/7f?from=1'],
  [`blobs/${blob}?mount=1`, `blobs/${blob}?mount=1`],
])('%s goes on as %s', (asked, sent) => expect(withoutMount(asked)).toBe(sent))
