/** Something wrong with the file of a speaking test. */
export interface Fault {
  /** `tasks.3.prompt`, tasks counted from 0 as in the file; empty for the file as a whole. */
  path: string
  message: string
}
