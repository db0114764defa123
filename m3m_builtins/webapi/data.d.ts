/**
 * A deep copy, cycles, Map, Set, Date and bytes included. Throws DataCloneError for functions.
 *
 * @example
 * const copy = structuredClone(config)
 */
declare function structuredClone<T>(value: T, options?: { transfer?: ArrayBuffer[] }): T

/**
 * Base64 of a text whose characters are bytes (0 to 255).
 *
 * @example
 * const basic = "Basic " + btoa("ann:secret")
 */
declare function btoa(text: string): string

/**
 * The text, of characters 0 to 255, that Base64 stands for.
 *
 * @example
 * const [name, password] = atob(basic.slice(6)).split(":")
 */
declare function atob(base64: string): string

/** A clock that only goes forward. */
declare const performance: {
  /**
   * Milliseconds, with fractions, since the instance began.
   *
   * @example
   * const started = performance.now()
   */
  now(): number
}

/** An error of the web: its `name` says which, for instance "AbortError". */
declare class DOMException extends Error {
  /**
   * An error with a name of the web.
   *
   * @example
   * throw new DOMException("nobody waits any more", "AbortError")
   */
  constructor(message?: string, name?: string)
  readonly code: number
}

/** Text to bytes. */
declare class TextEncoder {
  readonly encoding: "utf-8"
  /**
   * The UTF-8 bytes of a text.
   *
   * @example
   * const bytes = new TextEncoder().encode("héllo")
   */
  encode(text?: string): Uint8Array
  /**
   * Writes the bytes of as many characters as fit.
   *
   * @example
   * const { read, written } = new TextEncoder().encodeInto(text, buffer)
   */
  encodeInto(text: string, target: Uint8Array): { read: number; written: number }
}

/** Bytes to text. */
declare class TextDecoder {
  /**
   * For UTF-8, or another encoding of the web such as "windows-1251" or "gbk".
   *
   * @example
   * const decoder = new TextDecoder("windows-1251", { fatal: true })
   */
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  readonly encoding: string
  readonly fatal: boolean
  readonly ignoreBOM: boolean
  /**
   * The text of bytes; with `stream` the rest of a character may come with the next call.
   *
   * @example
   * const text = new TextDecoder().decode(ctx.bytes())
   */
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string
}
