/**
 * One line at a time: the step that is going on with its seconds, then a tick and what it took. Not on a terminal: only the
 * latter. Steps are also told in from outside (`begin`), by the server that starts.
 */
export function createProgress(stream) {
  let step = null
  let timer = null

  const seconds = () => ((Date.now() - step.startedAt) / 1_000).toFixed(1)
  const write = (text) => stream.write(stream.isTTY ? `\r\u001b[2K${text}` : text)

  function finish(mark) {
    if (step === null) return
    clearInterval(timer)
    write(`${mark} ${step.name} (${seconds()} s)\n`)
    step = null
  }

  const progress = {
    begin(name) {
      finish('✓')
      step = { name, startedAt: Date.now() }
      if (!stream.isTTY) return
      const draw = () => write(`… ${name} ${Math.round((Date.now() - step.startedAt) / 1_000)} s`)
      draw()
      timer = setInterval(draw, 500)
      timer.unref()
    },
    succeed: () => finish('✓'),
    fail: () => finish('✗'),
    async during(name, work) {
      progress.begin(name)
      try {
        const result = await work()
        progress.succeed()
        return result
      } catch (error) {
        progress.fail()
        throw error
      }
    },
  }
  return progress
}
