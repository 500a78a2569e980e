import type { SampleArticle } from './sample-articles.ts'

/** The page of an article, with the furniture that real sites put around one. `base` has no slash at its end. */
export function articlePage(article: SampleArticle, base: string): string {
  const { slug, title, outlet, author, publishedAt, lead, caption, readAlso, paragraphs } = article
  const published = publishedAt.toISOString()
  const links = readAlso.map((headline, at) => `<li><a href="/more/${slug}-${at + 1}">${escaped(headline)}</a></li>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)} - ${escaped(outlet)}</title>
<link rel="canonical" href="${base}/${slug}.html">
<meta property="og:title" content="${escaped(title)}">
<meta property="og:site_name" content="${escaped(outlet)}">
<meta property="og:type" content="article">
<meta property="article:published_time" content="${published}">
<meta name="author" content="${escaped(author)}">
<meta name="description" content="${escaped(lead)}">
</head>
<body>
<header><a href="/">${escaped(outlet)}</a><nav><ul><li><a href="/politics">Politics</a></li><li><a href="/world">World</a></li><li><a href="/economy">Economy</a></li><li><a href="/sport">Sport</a></li></ul></nav><form action="/search"><input name="q" placeholder="Search"></form></header>
<div class="cookie-banner">We use cookies to make this invented site feel real. <button>Accept</button></div>
<main>
<article>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead)}</p>
<div class="byline">By ${escaped(author)} <time datetime="${published}">${published.slice(0, 10)}</time> <a href="#share">Share</a> <a href="#print">Print</a></div>
<figure><img src="/photo.jpg" alt=""><figcaption>${escaped(caption)}</figcaption></figure>
${paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('\n')}
</article>
<aside><h3>Read also</h3><ul>${links.join('')}</ul></aside>
<section class="tags">Tags: <a href="/t/foreign-policy">Foreign policy</a> <a href="/t/inland-seas">Inland Seas</a></section>
</main>
<footer><p>&copy; ${escaped(outlet)}. Countries, people and events on this site are invented. "The news of the day in your inbox," promises our newsletter.</p></footer>
</body>
</html>
`
}

/** The feed that lists the articles in their order. */
export function articleFeed(articles: readonly SampleArticle[], base: string): string {
  const items = articles.map(
    ({ slug, title, author, publishedAt, lead }) => `<item>
<title>${escaped(title)}</title>
<link>${base}/${slug}.html</link>
<guid isPermaLink="false">sample:${slug}</guid>
<pubDate>${publishedAt.toUTCString()}</pubDate>
<dc:creator>${escaped(author)}</dc:creator>
<description>${escaped(lead)}</description>
</item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>Inland Seas Wire (sample)</title>
<link>${base}/</link>
<description>Invented news for the first start of Onrecord</description>
<language>en</language>
${items.join('\n')}
</channel>
</rss>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
