/** The pages of an export: plain HTML that any browser opens from a folder, without a script and without a network. */
import type { ExportedSegment, ExportedSession } from './exported-session.ts'

/** What the first page lists. */
export interface ListedSession {
  folder: string
  title: string
  mode: string
  level: string | null
  startedAt: string
  durationSeconds: number | null
}

export function toIndexPage(sessions: readonly ListedSession[], about: { name: string; createdAt: string }): string {
  const rows = sessions.map(
    (session) => `<tr><td>${toDay(session.startedAt)}</td>
      <td><a href="sessions/${session.folder}/index.html">${escapeHtml(session.title)}</a></td>
      <td>${modeNames[session.mode] ?? escapeHtml(session.mode)}</td><td>${escapeHtml(session.level ?? '')}</td>
      <td>${toLength(session.durationSeconds)}</td></tr>`,
  )
  return toPage(
    'Your data from Parley',
    `<p>A copy of what Parley kept for ${escapeHtml(about.name)}, made on ${toDay(about.createdAt)}. Everything can be read without Parley:
    each session has a page, its sound, its words as text, WebVTT and JSON, the feedback on it, and what happened to it.
    <code>manifest.json</code> lists every file with its SHA-256 sum.</p>
    <table><thead><tr><th>Day</th><th>Session</th><th>Kind</th><th>Level</th><th>Length</th></tr></thead>
    <tbody>${rows.join('\n')}</tbody></table>`,
  )
}

export function toSessionPage(session: ExportedSession, segments: readonly ExportedSegment[]): string {
  const sounds = session.recordings.map((recording) =>
    recording.file === null
      ? `<p>Part ${recording.part} of the recording is not here: ${escapeHtml(recording.missing ?? '')}</p>`
      : `<p>Part ${recording.part}: <audio controls preload="none" src="${recording.file}"></audio> <a href="${recording.file}">${recording.file}</a></p>`,
  )
  const lines = segments.map(
    ({ speaker, text, startMs }) =>
      `<li><small>${toClock(startMs)}</small> <b>${speaker === 'LEARNER' ? 'Learner' : 'Partner'}</b> ${escapeHtml(text)}</li>`,
  )
  return toPage(
    session.title,
    `<p><a href="../../index.html">All sessions</a></p>
    <p>${modeNames[session.mode] ?? escapeHtml(session.mode)}, ${toDay(session.startedAt)}, ${toLength(session.durationSeconds)}</p>
    ${sounds.join('\n')}
    <h2>What was said</h2><ol>${lines.join('\n')}</ol>
    <h2>Files</h2><ul>${sessionFiles.map(([file, what]) => `<li><a href="${file}">${file}</a> ${what}</li>`).join('\n')}</ul>`,
  )
}

const sessionFiles: readonly [file: string, what: string][] = [
  ['session.json', 'what is known of the session'],
  ['transcript.json', 'the words, with times'],
  ['transcript.txt', 'the words as text'],
  ['transcript.vtt', 'the words as WebVTT captions'],
  ['evaluations.json', 'the feedback'],
  ['events.json', 'what happened to it, and when'],
]

const modeNames: Readonly<Record<string, string>> = {
  CONVERSATION: 'Conversation',
  SPEAKING_TEST: 'Speaking test',
  DRILL: 'Interview question',
}

function toPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}ol{list-style:none;padding:0}audio{vertical-align:middle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter)
}

function toDay(time: string): string {
  return time.slice(0, 10)
}

function toLength(seconds: number | null): string {
  return seconds === null ? '' : toClock(seconds * 1_000)
}

function toClock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
