import { hash, verify } from '@node-rs/argon2'

export interface Passwords {
  hash(password: string): Promise<string>
  /** With null for an unknown account it takes as long as with a hash, and gives false. */
  verify(passwordHash: string | null, password: string): Promise<boolean>
}

/** argon2id. Source of the costs: OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane). */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export async function createPasswords(): Promise<Passwords> {
  const standIn = await hash('nobody has this password', costs)
  return {
    hash: (password) => hash(password, costs),
    async verify(passwordHash, password) {
      const isRight = await verify(passwordHash ?? standIn, password)
      return isRight && passwordHash !== null
    },
  }
}
