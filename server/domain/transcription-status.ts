/** Where the writing down of a recording stands. COMPLETED is the end of it: what stands in a transcript stays. */
export type TranscriptionStatus = 'NONE' | 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'FAILED'
