/**
 * Whether a drill's answer is being written down. NONE: nobody has been asked, or nobody here can; DUE: it is on its way; DONE: all
 * that was heard in it stands in the transcript; FAILED: it could not be made out.
 */
export type TranscriptionStatus = 'NONE' | 'DUE' | 'DONE' | 'FAILED'
