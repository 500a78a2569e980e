import type { PageElement } from './page.ts'

/**
 * Names that publishers give to what stands around an article. Matched against whole words of
 * class and id, `read-also` and `readAlso` alike.
 */
export const FURNITURE = new RegExp(
  `(?:^|[\\s_-])(?:${[
    'captions?',
    'credits?',
    'copyright',
    'related(?:-?(?:content|articles?|stories|posts?|links?|news|topics?))?',
    'byline',
    'by-line',
    'author-?(?:bio|box|info|card|name|meta|description|profile)?s?',
    'bio',
    'newsletters?',
    'promos?',
    'promoted',
    'promotion',
    'share(?:bar|bars|-?(?:tools|links|buttons?|icons?|box|this))?',
    'sharing',
    'sharedaddy',
    'social(?:-?(?:links|media|share|icons?|bar))?',
    'subscri(?:be|ption|bers?)',
    'sign-?up',
    'ads?',
    'advert(?:s|isement|ising)?',
    'ad-?(?:slot|unit|wrapper|container|label)',
    'adsbygoogle',
    'sponsor(?:ed|s)?',
    'recirc(?:ulation)?',
    'taboola',
    'outbrain',
    'read-?(?:also|more|next|on|this|moreon)',
    'also-?read',
    'see-?also',
    'recommend(?:ed|ations?|s)?',
    'more-?(?:on|from|stories|news|articles|in|like|info)',
    'most-?(?:read|popular|viewed)',
    'popular',
    'trending',
    'latest(?:-?news)?',
    'up-?next',
    'breadcrumbs?',
    'comments?(?:-?(?:section|list|area|form|wrapper|count))?',
    'commentlist',
    'disqus(?:-?thread)?',
    'respond',
    'cookies?(?:-?(?:banner|notice|consent|bar))?',
    'consent',
    'gdpr',
    'paywall',
    'regwall',
    'piano',
    'tags?(?:-?(?:list|links|cloud))?',
    'topics?(?:-?list)?',
    'keywords',
    'toolbar',
    'actions',
    'tools',
    'article-?tools',
    'pagination',
    'pager',
    'post-?nav(?:igation)?',
    'print(?:-?only)?',
    'printfriendly',
    'dateline-?(?:time|date)',
    'timestamp',
    'publish(?:ed)?-?(?:date|time|on)',
    'pub-?date',
    'post-?(?:meta|date|tags|info|footer|share)',
    'entry-?(?:meta|footer|date|utility)',
    'article-?(?:meta|date|info|footer|tags|share|topics)',
    'meta(?:-?data|-?info)?',
    'footnotes-?ad',
    'site-?footer',
    'page-?footer',
    'foot',
    'footer',
    'survey',
    'feedback',
    'masthead',
    'site-?header',
    'global-?nav',
    'menu',
    'sidebar',
    'side-?bar',
    'rail',
    'widget(?:s|-?area)?',
    'skip(?:-?link)?',
    'sr-only',
    'screen-?reader(?:-?text)?',
    'visually-?hidden',
    'hide',
    'hidden',
    'noprint',
    'no-?print',
    'follow(?:-?us)?',
    'donate',
    'donation',
    'poll',
    'quiz',
    'teasers?',
    'gallery(?:-?caption)?',
    'slideshow',
    'carousel',
    'lightbox',
    'thumb(?:nail)?s?-?caption',
    'image-?(?:caption|credit|source|meta)',
    'photo-?(?:caption|credit|by|meta)',
    'media-?(?:caption|credit)',
    'wp-caption-text',
    'wp-caption',
    'img-?(?:caption|credit)',
    'pic-?(?:caption|credit)',
    'pull-?quote',
    'info-?box',
    'fact-?box',
    'key-?points(?:-?box)?',
    'in-?brief',
    'editsection',
    'in-?article-?(?:related|promo|ad|link)s?',
    'inline-?(?:related|promo|newsletter|links?)',
    'jump-?link',
    'listen',
    'audio-?player',
    'video-?(?:player|caption|container|resource|headline|embed|meta|info|description)',
    'inread',
    'player',
    'embed-?(?:caption|credit)',
    'corrections-?policy',
    'app-?(?:promo|banner|download)',
    'back',
    'back-?to-?top',
    'reading-?time',
    'read-?time',
    'views?-?count',
    'comments?-?link',
    'eyebrow',
    'kicker',
    'rubric',
    'section-?(?:label|name|tag)',
    'ugc',
    'flyout',
    'modal',
    'pop-?up',
    'overlay',
    'tooltip',
    'log-?in',
    'sign-?in',
    'drop-?down',
  ].join('|')})(?=[\\s_-]|$)`,
  'i',
)

/** Comments are furniture however long they are, unless they are the whole page. */
export const COMMENTS = /(?:^|[\s_-])(?:comments?|commentlist|disqus|respond|discussion)(?=[\s_-]|$)/i

/** Names that say how an element looks, or what it is not or has beside it, rather than what it holds. */
const MANNER =
  /(?:^|\s)(?:overflow(?:-[xy])?-hidden|backface-\S{1,20}|(?:d-)?print-(?:block|flex|inline)|(?:has|with|without)-\S{1,60}|\S{0,40}label-hidden|node--?promoted|elementor-widget(?:-(?:container|text-editor|heading|theme-post-(?:content|title|excerpt)))?)(?=\s|$)/gi

/** Publishing systems write a post's own tags into its names. */
const OWN_TAGS = /(?:^|\s)(?:tag|category)-\S{1,100}/gi
const POST = /(?:^|\s)(?:type-post|hentry|post-\d{1,12})(?=\s|$)/

/** Class and id without manner, and without the numbers that make each element's name its own. */
export function namesOf(element: PageElement): string {
  const classes = typeof element.className === 'string' ? element.className.slice(0, 500) : ''
  const own = POST.test(classes) ? classes.replace(OWN_TAGS, ' ') : classes
  // Twice, since each match takes the blank that the next one begins with.
  const told = own.replace(MANNER, ' ').replace(MANNER, ' ')
  const grouped = told
    .split(/\s+/)
    .filter((name) => !/[-_][a-z]{0,8}\d[a-z\d]{2,12}$/i.test(name))
    .join(' ')
  return `${camelToKebab(grouped)} ${camelToKebab(element.id).replace(/\d+/g, '')}`
}

function camelToKebab(name: unknown): string {
  return typeof name === 'string' ? name.slice(0, 500).replace(/([a-z])([A-Z])/g, '$1-$2') : ''
}
