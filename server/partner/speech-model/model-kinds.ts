/**
 * The kinds of speech models that can be used, by the formats of sherpa-onnx: which files each is made of, and how the
 * recogniser is told. Source: sherpa-onnx, types of OfflineModelConfig.
 */
export const MODEL_KINDS = ['whisper', 'transducer', 'paraformer', 'sense-voice', 'moonshine', 'nemo-ctc'] as const
export type ModelKind = (typeof MODEL_KINDS)[number]

/** Each kind's files by what they are for, with how such a file is usually named. Whoever has all of them is of that kind. */
export const FILE_ROLES: Readonly<Record<ModelKind, Readonly<Record<string, RegExp>>>> = {
  moonshine: {
    preprocessor: /^preprocess.*\.onnx$/,
    encoder: /^encode.*\.onnx$/,
    uncachedDecoder: /^uncached_decode.*\.onnx$/,
    cachedDecoder: /^cached_decode.*\.onnx$/,
    tokens: /tokens\.txt$/,
  },
  transducer: {
    encoder: /encoder.*\.onnx$/,
    decoder: /decoder.*\.onnx$/,
    joiner: /joiner.*\.onnx$/,
    tokens: /tokens\.txt$/,
  },
  whisper: { encoder: /encoder.*\.onnx$/, decoder: /decoder.*\.onnx$/, tokens: /tokens\.txt$/ },
  paraformer: { model: /^model.*\.onnx$/, tokens: /tokens\.txt$/ },
  'sense-voice': { model: /^model.*\.onnx$/, tokens: /tokens\.txt$/ },
  'nemo-ctc': { model: /^model.*\.onnx$/, tokens: /tokens\.txt$/ },
}

/** `paths` by role, absolute. */
export function toModelConfig(
  kind: ModelKind,
  { tokens = '', ...paths }: Readonly<Record<string, string>>,
  language: string,
): Record<string, unknown> {
  const common = { tokens, numThreads: 2, provider: 'cpu', debug: 0 }
  switch (kind) {
    case 'whisper':
      return { ...common, whisper: { ...paths, language, task: 'transcribe' } }
    case 'transducer':
      return { ...common, transducer: paths }
    case 'paraformer':
      return { ...common, paraformer: paths }
    case 'sense-voice':
      return { ...common, senseVoice: { ...paths, language, useInverseTextNormalization: 1 } }
    case 'moonshine':
      return { ...common, moonshine: paths }
    case 'nemo-ctc':
      return { ...common, nemoCtc: paths }
  }
}
