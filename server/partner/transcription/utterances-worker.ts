/** A thread that finds the utterances of a recording: a second of work for three minutes, in which calls must go on. */
import { parentPort, workerData } from 'node:worker_threads'
import { findStretches } from '../alignment/speech-stretches.ts'
import { toUtterances } from './utterances.ts'

const samples = workerData as Int16Array
parentPort?.postMessage(toUtterances(samples, findStretches(samples)))
