/** How a browser is told to save an object as a file: RFC 6266, with the real name beside a plain one only where they differ. */
export function toAttachment(downloadName: string): string {
  const plain = downloadName.replace(/[^\w. -]/g, '_')
  if (plain === downloadName) return `attachment; filename="${plain}"`
  const encoded = encodeURIComponent(downloadName).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
