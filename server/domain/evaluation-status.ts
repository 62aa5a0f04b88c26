/** Where the judgement of a session stands. It never touches the session's own status: what was captured stays. */
export type EvaluationStatus = 'NONE' | 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'FAILED'
