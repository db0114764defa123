declare namespace M3M {
  interface ReadableSource<T = any> {
    /** "bytes": pieces are Uint8Array, and a reader may bring its own buffer. */
    type?: "bytes"
    autoAllocateChunkSize?: number
    start?(controller: any): unknown
    /** Is called when more is wanted. */
    pull?(controller: any): unknown
    cancel?(reason?: any): unknown
  }

  interface StreamStrategy<T = any> {
    highWaterMark?: number
    size?: (piece: T) => number
  }

  interface PipeOptions {
    preventAbort?: boolean
    preventCancel?: boolean
    preventClose?: boolean
    signal?: AbortSignal
  }

  interface ReadableWritablePair<R = any, W = any> {
    readable: ReadableStream<R>
    writable: WritableStream<W>
  }

  type StreamRead<T> = { done: false; value: T } | { done: true; value: T | undefined }
}

/** Pieces that come one after the other, read when they are wanted. */
declare class ReadableStream<R = any> {
  /**
   * @example
   * const numbers = new ReadableStream({ pull(controller) { controller.enqueue(Math.random()) } })
   */
  constructor(source?: M3M.ReadableSource<R>, strategy?: M3M.StreamStrategy<R>)
  readonly locked: boolean
  /**
   * Nothing more is wanted.
   *
   * @example
   * await stream.cancel()
   */
  cancel(reason?: any): Promise<void>
  /**
   * Reads the stream; nobody else may meanwhile.
   *
   * @example
   * const reader = stream.getReader()
   */
  getReader(options?: { mode?: undefined }): ReadableStreamDefaultReader<R>
  getReader(options: { mode: "byob" }): ReadableStreamBYOBReader
  /**
   * Sends the pieces through something that changes them.
   *
   * @example
   * const text = answer.body.pipeThrough(new TextDecoderStream())
   */
  pipeThrough<T>(pair: M3M.ReadableWritablePair<T, R>, options?: M3M.PipeOptions): ReadableStream<T>
  /**
   * Writes all pieces to another stream.
   *
   * @example
   * await answer.body.pipeTo(target)
   */
  pipeTo(target: WritableStream<R>, options?: M3M.PipeOptions): Promise<void>
  /**
   * Two streams of the same pieces.
   *
   * @example
   * const [one, two] = stream.tee()
   */
  tee(): [ReadableStream<R>, ReadableStream<R>]
  /**
   * The pieces, for a loop.
   *
   * @example
   * for await (const piece of stream.values()) { logger.info(piece) }
   */
  values(options?: { preventCancel?: boolean }): AsyncIterableIterator<R>
  [Symbol.asyncIterator](options?: { preventCancel?: boolean }): AsyncIterableIterator<R>
  /**
   * A stream of the items of a list, a generator or anything else that can be looped over.
   *
   * @example
   * const stream = ReadableStream.from(["a", "b"])
   */
  static from<T>(pieces: Iterable<T> | AsyncIterable<T>): ReadableStream<T>
}

/** Reads a stream piece by piece. */
declare class ReadableStreamDefaultReader<R = any> {
  /**
   * @example
   * const reader = new ReadableStreamDefaultReader(stream)
   */
  constructor(stream: ReadableStream<R>)
  readonly closed: Promise<void>
  /**
   * Nothing more is wanted.
   *
   * @example
   * await reader.cancel()
   */
  cancel(reason?: any): Promise<void>
  /**
   * The next piece; `done` at the end.
   *
   * @example
   * const { done, value } = await reader.read()
   */
  read(): Promise<M3M.StreamRead<R>>
  /**
   * Lets others read the stream.
   *
   * @example
   * reader.releaseLock()
   */
  releaseLock(): void
}

/** Reads a stream of bytes into buffers of the reader's own. */
declare class ReadableStreamBYOBReader {
  /**
   * @example
   * const reader = new ReadableStreamBYOBReader(stream)
   */
  constructor(stream: ReadableStream<Uint8Array>)
  readonly closed: Promise<void>
  /**
   * Nothing more is wanted.
   *
   * @example
   * await reader.cancel()
   */
  cancel(reason?: any): Promise<void>
  /**
   * The next piece; `done` at the end.
   *
   * @example
   * const { done, value } = await reader.read(new Uint8Array(1024))
   */
  read<V extends ArrayBufferView>(view: V, options?: { min?: number }): Promise<M3M.StreamRead<V>>
  /**
   * Lets others read the stream.
   *
   * @example
   * reader.releaseLock()
   */
  releaseLock(): void
}

/** What a source puts its pieces into. */
declare class ReadableStreamDefaultController<R = any> {
  private constructor()
  readonly desiredSize: number | null
  /**
   * The stream ends after the pieces that are in it.
   *
   * @example
   * controller.close()
   */
  close(): void
  /**
   * Puts a piece into the stream.
   *
   * @example
   * controller.enqueue("piece")
   */
  enqueue(piece: R): void
  /**
   * The stream fails: whoever reads or writes it gets the reason.
   *
   * @example
   * controller.error(new Error("the source is gone"))
   */
  error(reason?: any): void
}

/** What a source of bytes puts its pieces into. */
declare class ReadableByteStreamController {
  private constructor()
  readonly byobRequest: ReadableStreamBYOBRequest | null
  readonly desiredSize: number | null
  /**
   * The stream ends after the pieces that are in it.
   *
   * @example
   * controller.close()
   */
  close(): void
  /**
   * Puts a piece into the stream.
   *
   * @example
   * controller.enqueue(new Uint8Array([1, 2]))
   */
  enqueue(piece: ArrayBufferView): void
  /**
   * The stream fails: whoever reads or writes it gets the reason.
   *
   * @example
   * controller.error(new Error("the source is gone"))
   */
  error(reason?: any): void
}

/** The buffer that a reader brought. */
declare class ReadableStreamBYOBRequest {
  private constructor()
  readonly view: Uint8Array | null
  /**
   * Says how many bytes were written into the view.
   *
   * @example
   * controller.byobRequest.respond(512)
   */
  respond(bytesWritten: number): void
  /**
   * Gives another view of the same buffer instead.
   *
   * @example
   * controller.byobRequest.respondWithNewView(view)
   */
  respondWithNewView(view: ArrayBufferView): void
}
