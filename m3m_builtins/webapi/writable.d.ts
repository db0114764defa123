declare namespace M3M {
  interface WritableSink<W = any> {
    start?(controller: WritableStreamDefaultController): unknown
    write?(piece: W, controller: WritableStreamDefaultController): unknown
    close?(): unknown
    abort?(reason?: any): unknown
  }

  interface StreamTransformer<I = any, O = any> {
    start?(controller: TransformStreamDefaultController<O>): unknown
    transform?(piece: I, controller: TransformStreamDefaultController<O>): unknown
    flush?(controller: TransformStreamDefaultController<O>): unknown
    cancel?(reason?: any): unknown
  }
}

/** Something that pieces are written to. */
declare class WritableStream<W = any> {
  /**
   * @example
   * const lines = new WritableStream({ write(line) { logger.info(line) } })
   */
  constructor(sink?: M3M.WritableSink<W>, strategy?: M3M.StreamStrategy<W>)
  readonly locked: boolean
  /**
   * Ends it at once; what waits is dropped.
   *
   * @example
   * await stream.abort()
   */
  abort(reason?: any): Promise<void>
  /**
   * Ends it when everything is written.
   *
   * @example
   * await stream.close()
   */
  close(): Promise<void>
  /**
   * Writes to the stream; nobody else may meanwhile.
   *
   * @example
   * const writer = stream.getWriter()
   */
  getWriter(): WritableStreamDefaultWriter<W>
}

/** Writes to a stream piece by piece. */
declare class WritableStreamDefaultWriter<W = any> {
  /**
   * @example
   * const writer = new WritableStreamDefaultWriter(stream)
   */
  constructor(stream: WritableStream<W>)
  readonly closed: Promise<void>
  readonly desiredSize: number | null
  readonly ready: Promise<void>
  /**
   * Ends the stream at once.
   *
   * @example
   * await writer.abort()
   */
  abort(reason?: any): Promise<void>
  /**
   * Ends the stream when everything is written.
   *
   * @example
   * await writer.close()
   */
  close(): Promise<void>
  /**
   * Lets others write to the stream.
   *
   * @example
   * writer.releaseLock()
   */
  releaseLock(): void
  /**
   * Writes a piece.
   *
   * @example
   * await writer.write("piece")
   */
  write(piece?: W): Promise<void>
}

/** What a sink knows of its stream. */
declare class WritableStreamDefaultController {
  private constructor()
  readonly abortReason: any
  readonly signal: AbortSignal
  /**
   * The stream fails: whoever reads or writes it gets the reason.
   *
   * @example
   * controller.error(new Error("the source is gone"))
   */
  error(reason?: any): void
}

/** Takes pieces in at one end and gives others out at the other. */
declare class TransformStream<I = any, O = any> {
  /**
   * @example
   * const loud = new TransformStream({ transform(text, controller) { controller.enqueue(text.toUpperCase()) } })
   */
  constructor(transformer?: M3M.StreamTransformer<I, O>, writable?: M3M.StreamStrategy<I>, readable?: M3M.StreamStrategy<O>)
  readonly readable: ReadableStream<O>
  readonly writable: WritableStream<I>
}

/** What a transformer puts its pieces into. */
declare class TransformStreamDefaultController<O = any> {
  private constructor()
  readonly desiredSize: number | null
  /**
   * Puts a piece into the stream.
   *
   * @example
   * controller.enqueue("piece")
   */
  enqueue(piece: O): void
  /**
   * The stream fails: whoever reads or writes it gets the reason.
   *
   * @example
   * controller.error(new Error("the source is gone"))
   */
  error(reason?: any): void
  /**
   * Ends both sides.
   *
   * @example
   * controller.terminate()
   */
  terminate(): void
}

/** Text to bytes, piece by piece. */
declare class TextEncoderStream {
  /**
   * @example
   * const bytes = texts.pipeThrough(new TextEncoderStream())
   */
  constructor()
  readonly encoding: "utf-8"
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<string>
}

/** Bytes to text, piece by piece, wherever the pieces are cut. */
declare class TextDecoderStream {
  /**
   * @example
   * const text = answer.body.pipeThrough(new TextDecoderStream("utf-8"))
   */
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  readonly encoding: string
  readonly fatal: boolean
  readonly ignoreBOM: boolean
  readonly readable: ReadableStream<string>
  readonly writable: WritableStream<Uint8Array>
}

/** Counts what waits in a stream in bytes. */
declare class ByteLengthQueuingStrategy {
  /**
   * @example
   * const stream = new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: 16 }))
   */
  constructor(options: { highWaterMark: number })
  readonly highWaterMark: number
  /**
   * The size of a piece.
   *
   * @example
   * const size = strategy.size(piece)
   */
  readonly size: (piece?: any) => number
}

/** Counts what waits in a stream in pieces. */
declare class CountQueuingStrategy {
  /**
   * @example
   * const stream = new ReadableStream(source, new CountQueuingStrategy({ highWaterMark: 16 }))
   */
  constructor(options: { highWaterMark: number })
  readonly highWaterMark: number
  /**
   * The size of a piece.
   *
   * @example
   * const size = strategy.size(piece)
   */
  readonly size: (piece?: any) => number
}
