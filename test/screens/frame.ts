/** The page around a message: who wrote it, and that no platform drew it. */
export function frame({
  css,
  name,
  badge,
  note,
  content,
}: Readonly<Record<'css' | 'name' | 'badge' | 'note' | 'content', string>>) {
  return `<!doctype html><meta charset="utf-8"><style>
* { box-sizing: border-box } body { margin: 0; padding: 16px 20px; display: flex; gap: 10px }
.avatar { flex: none; width: 36px; height: 36px; display: grid; place-items: center; color: #fff; font-weight: 700 }
.message { flex: 1; min-width: 0 }
${css}</style><body><div class="avatar">O</div><div class="message">${note}<div><span class="name">${name}</span> <span class="badge">${badge}</span> <span class="small">09:00</span></div>${content}</div></body>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
}
