import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { block, html, leftText, link, listed } from '../../../src/report/page/html.ts'

type Element = DefaultTreeAdapterTypes.Element
const first = (markup: string) => parseFragment(markup).childNodes[0] as Element
/** What of a text is left for somebody to see. */
const seen = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '\ufffd')
const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom('<', '>', '"', "'", '&', '\n', '\r', 'a', ';'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
  maxLength: 200,
})

describe('a template of markup', () => {
  test('holds a text as it is, between tags and within quotes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { childNodes, attrs } = first(html`<p title="${text}">x${text}</p>`.markup)
        expect(childNodes).toHaveLength(1)
        expect(childNodes[0]).toMatchObject({ value: `x${seen(text)}` })
        expect(attrs).toEqual([{ name: 'title', value: seen(text) }])
      }),
    )
  })
  test('cuts a text that is long', () => expect(html`<p>${'"'.repeat(5_000)}</p>`.markup).toBe(`<p>${'&quot;'.repeat(1_000)}...</p>`))
  test('takes markup, lists of it, numbers and nothing', () => {
    const items = ['a', '<'].map((one) => html`<li>${one}</li>`)
    expect(html`<ul class="${1}">${items}${undefined}${html`<br>`}</ul>`.markup).toBe('<ul class="1"><li>a</li><li>&lt;</li><br></ul>')
  })
})

describe('a block', () => {
  test.each([
    [['', ' a', '', 'b'], '\n a\n\nb'],
    [['\n'], '\n'],
    [[], ''],
  ])('keeps the lines %j as they are', (lines, text) => {
    const [inside] = first(block(lines).markup).childNodes
    expect(inside && 'value' in inside ? inside.value : '').toBe(text)
  })
  test.each([[Array(600).fill('x')], [Array(10_000).fill('"'.repeat(1 << 20))], [['x'.repeat(99_999)]]])('is bounded', (lines) => {
    const { markup } = block(lines)
    expect(markup.length).toBeLessThan(121_000)
    expect(markup.split('\n').length).toBeLessThanOrEqual(501)
  })
})

describe('a list', () => {
  test('has so many, and counts the rest', () => {
    const { shown, left } = listed([1, 2, 3], 2, (one) => html`<li>${one}</li>`)
    expect([shown.length, left]).toEqual([2, 1])
    expect(leftText(left, 'layers').markup).toContain('and 1 more layers')
    expect(leftText(0, 'layers').markup).toBe('')
  })
  test('ends where it is long', () => {
    const { shown, left } = listed(Array(1_000).fill('x'.repeat(1_000)), 1_000, (one: string) => html`<li>${one}</li>`)
    expect(shown.length + left).toBe(1_000)
    expect(shown.length).toBeLessThan(70)
  })
})

test.each([
  ['https://github.com/acme/iris/actions/runs/42', true],
  [undefined, false],
  ['http://evil.example', false],
  ['javascript:alert(1)//https://', false],
  ['https://evil.example/"onclick=x', false],
  [`https://evil.example/${'x'.repeat(2_000)}`, false],
])('%s is a link: %p', (address, isLink) => expect(link(address, 'text').markup.startsWith('<a href="https://')).toBe(isLink))
