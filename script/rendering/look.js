/**
 * Runs in a page and gives what is wrong with how it looks, one line each: what is wider than the page, text whose contrast
 * on its ground is under 4.5, and labels of a picture that lie on each other. All of the page must be on the screen.
 */
;(() => {
  const problems = []
  const width = document.documentElement.clientWidth
  const nameOf = (element) =>
    `${element.tagName.toLowerCase()}${element.classList.length > 0 ? `.${[...element.classList].join('.')}` : ''}`
  const excerpt = (text) => JSON.stringify(text.trim().replace(/\s+/g, ' ').slice(0, 60))

  const kept = (element) => {
    for (let around = element.parentElement; around; around = around.parentElement)
      if (around !== document.body && getComputedStyle(around).overflowX !== 'visible' && !(around instanceof SVGElement)) return true
    return false
  }
  if (document.documentElement.scrollWidth > width)
    problems.push(`overflow: the page is ${document.documentElement.scrollWidth} wide on ${width}`)
  for (const element of document.body.querySelectorAll('*')) {
    const { left, right, width: own } = element.getBoundingClientRect()
    if (own > 0 && (right > width + 1 || left < -1) && !kept(element))
      problems.push(
        `overflow: ${nameOf(element)} from ${Math.round(left)} to ${Math.round(right)} on ${width}: ${excerpt(element.textContent)}`,
      )
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const known = new Map()
  const colour = (text) => {
    if (!known.has(text)) {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = text
      canvas.fillRect(0, 0, 1, 1)
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
      known.set(text, { rgb: [red, green, blue], alpha: alpha / 255 })
    }
    return known.get(text)
  }
  const over = ({ rgb, alpha }, below) => rgb.map((value, index) => value * alpha + below[index] * (1 - alpha))
  const isSvg = (element) => element instanceof SVGElement && element.tagName.toLowerCase() !== 'svg'
  const inkOf = (element) => {
    const style = getComputedStyle(element)
    return colour(isSvg(element) ? style.fill : style.color)
  }
  const fillOf = (element) => {
    const style = getComputedStyle(element)
    if (!isSvg(element)) return colour(style.backgroundColor)
    const drawn = ['rect', 'path', 'circle', 'polygon', 'ellipse'].includes(element.tagName.toLowerCase()) && style.fill !== 'none'
    const { rgb, alpha } = drawn ? colour(style.fill) : { rgb: [0, 0, 0], alpha: 0 }
    return { rgb, alpha: alpha * Number(style.fillOpacity) }
  }
  const opacityOf = (element) => {
    let opacity = 1
    for (let around = element; around; around = around.parentElement) opacity *= Number(getComputedStyle(around).opacity)
    return opacity
  }
  const canvasColour = colour(matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff').rgb
  const groundAt = (x, y, element) => {
    const stack = document.elementsFromPoint(x, y)
    const own = stack.indexOf(element)
    return stack
      .slice(Math.max(own, 0))
      .reverse()
      .reduce(
        (below, one) => over({ rgb: fillOf(one).rgb, alpha: fillOf(one).alpha * (one.contains(element) ? 1 : opacityOf(one)) }, below),
        canvasColour,
      )
  }
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }

  let texts = 0
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    // The colours of a Mermaid diagram are GitHub's affair.
    if (!element || node.data.trim() === '' || element.closest('title, desc, style, script, .mermaid')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const [box] = range.getClientRects()
    if (!box || box.width === 0 || box.height === 0 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      continue
    texts++
    const ground = groundAt(box.left + box.width / 2, box.top + box.height / 2, element)
    const ink = inkOf(element)
    const ratio = contrast(over({ rgb: ink.rgb, alpha: ink.alpha * opacityOf(element) }, ground), ground)
    if (ratio < 4.5)
      problems.push(`contrast: ${ratio.toFixed(2)} of ${nameOf(element)} in ${nameOf(element.parentElement)}: ${excerpt(node.data)}`)
  }

  for (const svg of document.querySelectorAll('svg')) {
    const labels = [...svg.querySelectorAll('text')].filter((label) => label.textContent.trim() !== '')
    const boxes = labels.map((label) => label.getBoundingClientRect())
    for (const [index, one] of boxes.entries())
      for (const [next, other] of boxes.entries())
        if (
          next > index &&
          one.left < other.right - 1 &&
          other.left < one.right - 1 &&
          one.top < other.bottom - 2 &&
          other.top < one.bottom - 2
        )
          problems.push(`overlap: ${excerpt(labels[index].textContent)} and ${excerpt(labels[next].textContent)}`)
  }
  return { problems, texts }
})()
