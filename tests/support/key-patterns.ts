/** What keys, tokens and secrets look like: where one of these is found, something is kept or shown that must not be. */
export const keyPatterns: Record<string, RegExp> = {
  'a key of the voice service': /\bsk-(?:proj-)?[A-Za-z0-9_-]{16,}/,
  'a client secret': /\bek_[A-Za-z0-9_]{16,}/,
  'an access token': /\bparley_(?!session)[A-Za-z0-9_-]{43}/,
  'a bearer': /\bBearer [A-Za-z0-9._~+/-]{16,}/,
  'a key of the payment service': /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9]{16,}/,
  'a key of the object store': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'the signature of an address': /[?&](?:signature|X-Amz-Signature)=[A-Za-z0-9_-]{32,}/,
}

/** The kinds of which the text holds one. */
export function listKeyKinds(text: string): string[] {
  return Object.entries(keyPatterns).flatMap(([kind, pattern]) => (pattern.test(text) ? [kind] : []))
}
