/**
 * Lets whoever waits go on one at a time, one at each turn of the event loop: what came in meanwhile is
 * heard in between, so that fifty people who ask at once are all told at once that they were heard.
 */
export function takeTurns(): () => Promise<void> {
  const waiting: (() => void)[] = []
  const letOneGoOn = () => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(letOneGoOn)
  }
  return () =>
    new Promise((goOn) => {
      waiting.push(goOn)
      if (waiting.length === 1) setImmediate(letOneGoOn)
    })
}
