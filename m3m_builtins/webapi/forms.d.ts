/** Bytes with a type. */
declare class Blob {
  /**
   * @example
   * const blob = new Blob(["a,b\n", "1,2\n"], { type: "text/csv" })
   */
  constructor(parts?: Iterable<string | ArrayBuffer | ArrayBufferView | Blob>, options?: { type?: string })
  readonly size: number
  readonly type: string
  /**
   * A part of it.
   *
   * @example
   * const head = blob.slice(0, 16)
   */
  slice(start?: number, end?: number, type?: string): Blob
  /**
   * Its text, from UTF-8.
   *
   * @example
   * const text = await blob.text()
   */
  text(): Promise<string>
  /**
   * Its bytes.
   *
   * @example
   * const bytes = await blob.bytes()
   */
  bytes(): Promise<Uint8Array>
  /**
   * Its bytes in a buffer.
   *
   * @example
   * const buffer = await blob.arrayBuffer()
   */
  arrayBuffer(): Promise<ArrayBuffer>
  /**
   * Its bytes as a stream.
   *
   * @example
   * await blob.stream().pipeTo(target)
   */
  stream(): ReadableStream<Uint8Array>
}

/** A Blob with a name. */
declare class File extends Blob {
  /**
   * @example
   * const file = new File([storage.readBytes("logo.png")], "logo.png", { type: "image/png" })
   */
  constructor(parts: Iterable<string | ArrayBuffer | ArrayBufferView | Blob>, name: string, options?: { type?: string; lastModified?: number })
  readonly name: string
  readonly lastModified: number
}

/** The fields and files of a form. */
declare class FormData {
  /**
   * @example
   * const form = new FormData()
   */
  constructor()
  /**
   * Adds a field, beside those of the same name.
   *
   * @example
   * form.append("photo", new Blob([bytes], { type: "image/png" }), "me.png")
   */
  append(name: string, value: string | Blob, filename?: string): void
  /**
   * Takes the fields of a name away.
   *
   * @example
   * form.delete("photo")
   */
  delete(name: string): void
  /**
   * The first field of a name.
   *
   * @example
   * const name = form.get("name")
   */
  get(name: string): string | File | null
  /**
   * All fields of a name.
   *
   * @example
   * const tags = form.getAll("tag")
   */
  getAll(name: string): (string | File)[]
  /**
   * Whether there is such a field.
   *
   * @example
   * if (form.has("photo")) logger.info("with a photo")
   */
  has(name: string): boolean
  /**
   * Gives a name this one field.
   *
   * @example
   * form.set("page", "2")
   */
  set(name: string, value: string | Blob, filename?: string): void
  /**
   * Calls a function for each field.
   *
   * @example
   * form.forEach((value, name) => { logger.info(name, value) })
   */
  forEach(fn: (value: string | File, name: string, form: FormData) => void, self?: unknown): void
  /**
   * Names with values.
   *
   * @example
   * const fields = [...form.entries()]
   */
  entries(): IterableIterator<[string, string | File]>
  /**
   * The names.
   *
   * @example
   * const names = [...form.keys()]
   */
  keys(): IterableIterator<string>
  /**
   * The values.
   *
   * @example
   * const values = [...form.values()]
   */
  values(): IterableIterator<string | File>
  [Symbol.iterator](): IterableIterator<[string, string | File]>
}
