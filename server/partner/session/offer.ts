/** What a browser's offer tells about the learner. Source: RFC 8866 (SDP), sections 5.14 and 6.7. */

/** Whether the offer sends sound. */
export function hasMicrophone(offer: string): boolean {
  const [head = '', ...media] = offer.split(/\r?\n(?=m=)/u)
  return media.some((section) => {
    const isAudio = /^m=audio (?!0 )/u.test(section)
    const direction = directionOf(section) ?? directionOf(head) ?? 'sendrecv'
    return isAudio && (direction === 'sendrecv' || direction === 'sendonly')
  })
}

function directionOf(section: string): string | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/mu.exec(section)?.[1]
}
