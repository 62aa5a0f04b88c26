/** Cues as W3C WebVTT, section 4.1 has them. Throws for what is no such file. */
export function parseWebVtt(text: string): { startMs: number; endMs: number; voice: string; text: string }[] {
  // CR ends a line as LF does, alone or before it: as the standard's own parser reads it.
  const lines = text.replaceAll(/\r\n?/g, '\n')
  const [header, ...blocks] = lines.trimEnd().split(/\n\n+/)
  if (header !== 'WEBVTT') throw new Error('no WebVTT')
  return blocks.map((block) => {
    const match = /^\d+\n(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})\n<v (\w+)>([^<>\n]*)$/.exec(
      block,
    )
    if (!match) throw new Error(`no cue: ${block}`)
    const [h1, m1, s1, ms1, h2, m2, s2, ms2] = match.slice(1, 9).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const words = (match[10] ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    return {
      startMs: ((h1 * 60 + m1) * 60 + s1) * 1_000 + ms1,
      endMs: ((h2 * 60 + m2) * 60 + s2) * 1_000 + ms2,
      voice: match[9] ?? '',
      text: words,
    }
  })
}
