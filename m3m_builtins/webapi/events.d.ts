/** Something that happened. */
declare class Event {
  /**
   * @example
   * const event = new Event("done", { cancelable: true })
   */
  constructor(type: string, options?: { bubbles?: boolean; cancelable?: boolean })
  readonly type: string
  readonly target: EventTarget | null
  readonly currentTarget: EventTarget | null
  readonly bubbles: boolean
  readonly cancelable: boolean
  readonly defaultPrevented: boolean
  readonly timeStamp: number
  /**
   * Makes `dispatchEvent` answer false.
   *
   * @example
   * event.preventDefault()
   */
  preventDefault(): void
  /**
   * There is no tree that an event could rise in; here for code that is written for one.
   *
   * @example
   * event.stopPropagation()
   */
  stopPropagation(): void
  /**
   * Keeps the event from the listeners that follow.
   *
   * @example
   * event.stopImmediatePropagation()
   */
  stopImmediatePropagation(): void
}

/** An event that carries a value. */
declare class CustomEvent<T = unknown> extends Event {
  /**
   * @example
   * bus.dispatchEvent(new CustomEvent("order", { detail: { id: 7 } }))
   */
  constructor(type: string, options?: { bubbles?: boolean; cancelable?: boolean; detail?: T })
  readonly detail: T
}

/** Something that events happen to. */
declare class EventTarget {
  /**
   * Calls a function for each event of a type.
   *
   * @example
   * bus.addEventListener("order", (event) => { logger.info(event.type) }, { once: true })
   */
  addEventListener(
    type: string,
    listener: ((event: any) => unknown) | { handleEvent(event: any): unknown } | null,
    options?: boolean | { once?: boolean; signal?: AbortSignal },
  ): void
  /**
   * Stops calling it.
   *
   * @example
   * bus.removeEventListener("order", onOrder)
   */
  removeEventListener(type: string, listener: ((event: any) => unknown) | { handleEvent(event: any): unknown } | null): void
  /**
   * Calls the listeners. False when one of them called `preventDefault`.
   *
   * @example
   * bus.dispatchEvent(new Event("done"))
   */
  dispatchEvent(event: Event): boolean
}

/** Tells work that it is no longer wanted. */
declare class AbortSignal extends EventTarget {
  private constructor()
  readonly aborted: boolean
  readonly reason: any
  onabort: ((event: Event) => unknown) | null
  /**
   * Throws the reason when the work is no longer wanted.
   *
   * @example
   * signal.throwIfAborted()
   */
  throwIfAborted(): void
  /**
   * A signal that is aborted already.
   *
   * @example
   * const signal = AbortSignal.abort("too late")
   */
  static abort(reason?: unknown): AbortSignal
  /**
   * A signal that is aborted after some milliseconds. Its timer ends early when nobody holds it or listens to it.
   *
   * @example
   * const signal = AbortSignal.timeout(5000)
   */
  static timeout(ms: number): AbortSignal
  /**
   * A signal that is aborted with the first of several.
   *
   * @example
   * const signal = AbortSignal.any([ours, AbortSignal.timeout(5000)])
   */
  static any(signals: Iterable<AbortSignal>): AbortSignal
}

/** The other end of a signal. */
declare class AbortController {
  /**
   * @example
   * const controller = new AbortController()
   */
  constructor()
  readonly signal: AbortSignal
  /**
   * Says that the work is no longer wanted.
   *
   * @example
   * controller.abort()
   */
  abort(reason?: unknown): void
}
