import { escaped, frame } from './frame.ts'

/** Block Kit, as far as our messages and our page use it. */
type Part = {
  readonly type: string
  readonly text?: string | Part
  readonly elements?: readonly Part[]
  readonly style?: string | { readonly bold?: boolean; readonly italic?: boolean }
  readonly url?: string
  readonly alt_text?: string
  readonly slack_file?: { readonly id: string }
  readonly placeholder?: Part
  readonly accessory?: Part
  readonly fields?: readonly Part[]
}

const CSS = `
body { background: #fff; color: #1d1c1d; font: 15px/22px Lato, "Noto Sans", "Helvetica Neue", Arial, sans-serif }
.avatar { background: #1f3a4d; border-radius: 8px }
.name { font-weight: 900 }
.badge { background: #ddd; border-radius: 2px; font-size: 10px; padding: 1px 3px; color: #616061 }
.small { color: #616061; font-size: 12px }
h2 { font-size: 18px; line-height: 24px; margin: 8px 0 4px }
.rich { margin: 6px 0 } .rich p { margin: 0; white-space: pre-wrap }
blockquote { border-left: 4px solid #ddd; margin: 4px 0; padding-left: 12px; white-space: pre-wrap }
ul { margin: 2px 0; padding-left: 26px }
a { color: #1264a3; text-decoration: none }
.context { color: #616061; font-size: 13px; margin: 4px 0 }
hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0 }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
.button { border: 1px solid #bbb; border-radius: 4px; font-weight: 700; font-size: 13px; padding: 3px 12px }
.button.primary { background: #007a5a; border-color: #007a5a; color: #fff } .button.danger { border-color: #e01e5a; color: #e01e5a }
.select { border: 1px solid #bbb; border-radius: 4px; color: #616061; font-size: 13px; padding: 3px 12px }
.section { display: flex; justify-content: space-between; gap: 16px; margin: 6px 0 }
img { display: block; max-width: 480px; margin: 6px 0; border-radius: 8px }
.note { color: #616061; font-size: 12px; margin-bottom: 4px }`

type Shown = { readonly note?: string; readonly picture: (file: string) => string | null }

/** Blocks as Slack draws them in a channel, about. */
export function slackPage(blocks: readonly unknown[], { note, picture }: Shown): string {
  const parts = (blocks as readonly Part[]).map((block) => drawBlock(block, picture)).join('')
  return frame({
    css: CSS,
    name: 'onrecord',
    badge: 'APP',
    note: note === undefined ? '' : `<div class="note">${escaped(note)}</div>`,
    content: parts,
  })
}

function drawBlock(block: Part, picture: Shown['picture']): string {
  switch (block.type) {
    case 'header':
      return `<h2>${plain(block.text)}</h2>`
    case 'rich_text':
      return `<div class="rich">${(block.elements ?? []).map(drawRich).join('')}</div>`
    case 'context':
      return `<div class="context">${(block.elements ?? []).map((part) => plain(part.text)).join(' ')}</div>`
    case 'divider':
      return '<hr>'
    case 'actions':
      return `<div class="actions">${(block.elements ?? []).map(drawElement).join('')}</div>`
    case 'image': {
      const source = picture(block.slack_file?.id ?? '')
      return source === null ? plain(block.alt_text) : `<img src="${source}">`
    }
    case 'section': {
      const fields = (block.fields ?? []).map((field) => `<div>${plain(field)}</div>`).join('')
      const accessory = block.accessory === undefined ? '' : drawElement(block.accessory)
      return `<div class="section"><div>${plain(block.text)}${fields}</div>${accessory}</div>`
    }
    default:
      throw new Error(`no drawing for ${block.type}: add it`)
  }
}

function drawRich(part: Part): string {
  const inside = (part.elements ?? []).map((element) =>
    element.elements === undefined ? drawInline(element) : `<li>${element.elements.map(drawInline).join('')}</li>`,
  )
  const tag = { rich_text_quote: 'blockquote', rich_text_list: 'ul' }[part.type] ?? 'p'
  return `<${tag}>${inside.join('')}</${tag}>`
}

function drawInline({ type, text, url, style }: Part): string {
  if (type === 'channel') return '<a href="#">#news</a>'
  const words = escaped(String(text ?? url ?? ''))
  const weight = typeof style === 'object' ? style : {}
  const bold = weight.bold === true ? `<b>${words}</b>` : words
  const shown = weight.italic === true ? `<i>${bold}</i>` : bold
  return type === 'link' ? `<a href="#">${shown}</a>` : shown
}

function drawElement({ type, text, style, placeholder }: Part): string {
  if (type === 'button') return `<span class="button ${String(style ?? '')}">${plain(text)}</span>`
  return `<span class="select">${plain(placeholder)} ⌄</span>`
}

function plain(text: string | Part | undefined): string {
  return typeof text === 'object' ? plain(text.text) : escaped(text ?? '')
}
