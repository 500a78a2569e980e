import { escaped, frame } from './frame.ts'

/** Components V2, as far as our messages use them. */
type Part = {
  readonly type: number
  readonly content?: string
  readonly label?: string
  readonly style?: number
  readonly placeholder?: string
  readonly components?: readonly Part[]
  readonly items?: readonly { readonly media: { readonly url: string } }[]
}

const CSS = `
body { background: #313338; color: #dbdee1; font: 16px/22px "gg sans", "Noto Sans", "Helvetica Neue", Arial, sans-serif }
.avatar { background: #1f3a4d; border-radius: 50% }
.name { color: #f2f3f5; font-weight: 600 }
.badge { background: #5865f2; border-radius: 3px; font-size: 10px; padding: 1px 4px; color: #fff }
.small { color: #949ba4; font-size: 12px }
.note { color: #949ba4; font-size: 13px; margin-bottom: 2px }
.box { background: #2b2d31; border: 1px solid #3f4147; border-radius: 8px; padding: 12px 16px; margin-top: 6px; max-width: 600px }
h3 { font-size: 18px; line-height: 24px; margin: 0 0 4px; color: #f2f3f5 }
p { margin: 2px 0 } blockquote { border-left: 4px solid #4e5058; border-radius: 3px; margin: 2px 0; padding-left: 12px }
.sub { color: #949ba4; font-size: 13px; line-height: 18px } ul { margin: 2px 0; padding-left: 22px }
a { color: #00a8fc; text-decoration: none }
hr { border: 0; border-top: 1px solid #3f4147; margin: 10px 0 }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
.button { background: #4e5058; border-radius: 8px; color: #fff; font-size: 14px; font-weight: 500; padding: 5px 14px }
.select { background: #1e1f22; border-radius: 8px; color: #949ba4; display: flex; flex: 1; font-size: 14px; justify-content: space-between; padding: 6px 12px }
.style-1 { background: #5865f2 } .style-4 { background: #da373c }
img { display: block; width: 100%; border-radius: 8px; margin: 6px 0 }`

type Shown = { readonly note?: string; readonly picture: (name: string) => string | null }

/** Components as Discord draws them in a channel, about. */
export function discordPage(components: readonly unknown[], { note, picture }: Shown): string {
  return frame({
    css: CSS,
    name: 'Onrecord',
    badge: 'APP',
    note: note === undefined ? '' : `<div class="note">${escaped(note)}</div>`,
    content: (components as readonly Part[]).map((part) => drawPart(part, picture)).join(''),
  })
}

function drawPart(part: Part, picture: Shown['picture']): string {
  const children = () => (part.components ?? []).map((child) => drawPart(child, picture)).join('')
  switch (part.type) {
    case 1:
      return `<div class="row">${children()}</div>`
    case 2:
      return `<span class="button style-${part.style}">${escaped(part.label ?? '')}</span>`
    case 3:
      return `<span class="select">${escaped(part.placeholder ?? '')}<i>⌄</i></span>`
    case 10:
      return drawMarkdown(part.content ?? '')
    case 12:
      return (part.items ?? [])
        .map(({ media }) => `<img src="${picture(media.url.replace('attachment://', '')) ?? ''}">`)
        .join('')
    case 14:
      return '<hr>'
    case 17:
      return `<div class="box">${children()}</div>`
    default:
      throw new Error(`no drawing for component ${part.type}: add it`)
  }
}

/** The lines that we write: headings, quotations, lists, small print. */
function drawMarkdown(content: string): string {
  return content
    .split('\n')
    .map((line) => {
      const [, mark = '', rest = ''] = /^(### |> |- |-# )?(.*)$/.exec(line) ?? []
      const inside = drawInline(rest)
      if (mark === '### ') return `<h3>${inside}</h3>`
      if (mark === '> ') return `<blockquote>${inside}</blockquote>`
      if (mark === '- ') return `<ul><li>${inside}</li></ul>`
      return mark === '-# ' ? `<p class="sub">${inside}</p>` : `<p>${inside === '' ? '&nbsp;' : inside}</p>`
    })
    .join('')
    .replaceAll('</ul><ul>', '')
    .replaceAll('</blockquote><blockquote>', '<br>')
}

const PIECE = /\\([\s\S])|\[((?:\\.|[^\]\\])*)\]\(<([^>]*)>\)|(\*\*|\*)/g

function drawInline(line: string): string {
  const open: string[] = []
  let [shown, at] = ['', 0]
  for (const found of line.matchAll(PIECE)) {
    const [whole, literal, label, , weight] = found
    shown += escaped(line.slice(at, found.index))
    at = found.index + whole.length
    if (literal !== undefined) shown += escaped(literal)
    else if (label !== undefined) shown += `<a href="#">${drawInline(label)}</a>`
    else if (weight !== undefined) {
      const tag = weight === '**' ? 'b' : 'i'
      shown += open.at(-1) === tag ? `</${open.pop()}>` : `<${tag}>`
      if (!shown.endsWith(`</${tag}>`)) open.push(tag)
    }
  }
  return shown + escaped(line.slice(at))
}
