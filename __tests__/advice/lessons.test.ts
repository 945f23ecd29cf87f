import { test } from '@jest/globals'
import { dockerfilesOf, lesson, lessonNames } from './lessons.ts'
import { around } from './project.ts'

test('x', () => {
  for (const name of lessonNames) {
    const texts = lesson(name)
    for (const file of dockerfilesOf(texts)) console.log(name, file, JSON.stringify(around(texts, {}, file), null, 1))
  }
})
