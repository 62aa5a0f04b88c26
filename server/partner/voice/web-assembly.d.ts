/** WebAssembly as far as it is used here: the standard library has it with the browser's types only. */
declare namespace WebAssembly {
  function compile(bytes: Uint8Array): Promise<object>
  function instantiate(module: object, imports: Record<string, never>): Promise<object>
}
