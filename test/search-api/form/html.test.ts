import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attributes, html, jsonBlock } from '../../../search-api/form/html.ts'

describe('html', () => {
  test('escapes every value, in text and in attributes', () => {
    const typed = `<script>alert("x")</script>&'`
    expect(html`<p title="${typed}">${typed}</p>`.markup).toBe(
      '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;</p>',
    )
  })

  test('no text of any kind can leave its element or attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { markup } = html`${text}`
        expect(markup).not.toMatch(/[<>"']/)
        expect(attributes({ value: text }).markup.slice(8, -1)).not.toMatch(/[<>"']/)
      }),
    )
  })

  test('keeps markup, joins lists, drops nothings, shows zero', () => {
    expect(html`${[html`<b>1</b>`, '<']}${null}${undefined}${false}${0}`.markup).toBe('<b>1</b>&lt;0')
  })
})

describe('attributes', () => {
  test('writes what is set', () => {
    expect(attributes({ id: 'a', value: '', hidden: true, lang: null, start: 0, checked: false }).markup).toBe(
      ' id="a" value="" hidden start="0"',
    )
  })
})

test('a data block cannot be ended by what is in it', () => {
  const { markup } = jsonBlock({ name: '</script><script>alert(1)</script>' })
  expect(markup).not.toContain('<')
  expect(JSON.parse(markup)).toEqual({ name: '</script><script>alert(1)</script>' })
})
