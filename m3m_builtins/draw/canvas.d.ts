declare namespace M3M {
  /**
   * A canvas with the functions that its 2d context has on the web. It takes 100,000 commands; coordinates are at
   * most a million from the origin. Text is drawn with the server's fonts and those of `draw.loadFont`; a letter
   * that the chosen font lacks comes from another one, and right-to-left and joined scripts are set as they should
   * be. Coloured emoji are not drawn.
   */
  interface Canvas {
    /** Pixels. */
    readonly width: number

    /** Pixels. */
    readonly height: number

    /** The canvas itself, as a context on the web has it. */
    readonly canvas: Canvas

    /**
     * The canvas itself: it is its own context, so code for the web works as it is.
     *
     * @example
     * const ctx = draw.createCanvas(200, 100).getContext("2d")
     */
    getContext(kind?: "2d"): Canvas

    /**
     * The picture as a file: png unless you say otherwise. svg and pdf stay sharp at any size.
     *
     * @example
     * const bytes = canvas.toBytes("jpeg", { quality: 80 })
     */
    toBytes(format?: DrawFormat, options?: DrawOptions): Uint8Array

    /**
     * The same as `toBytes`, and lets other requests in meanwhile.
     *
     * @example
     * const bytes = await canvas.toBytesAsync("png")
     */
    toBytesAsync(format?: DrawFormat, options?: DrawOptions): Promise<Uint8Array>

    /**
     * With a path: saves the picture in storage, in the format of the name's ending. Without one: keeps styles,
     * transformation and clip for `restore`, as on the web, at most 512 deep.
     *
     * @example
     * canvas.save("charts/today.png")
     */
    save(path: string, options?: DrawOptions & { format?: DrawFormat }): DrawSaved
    save(): void

    /**
     * Saves the picture in storage, and lets other requests in meanwhile.
     *
     * @example
     * await canvas.saveAsync("charts/today.svg")
     */
    saveAsync(path: string, options?: DrawOptions & { format?: DrawFormat }): Promise<DrawSaved>

    /**
     * Brings back what the last `save()` kept.
     *
     * @example
     * canvas.save()
     * canvas.rotate(0.5)
     * canvas.fillRect(0, 0, 50, 50)
     * canvas.restore()
     */
    restore(): void

    /**
     * Moves the origin.
     *
     * @example
     * canvas.translate(100, 50)
     */
    translate(x: number, y: number): void

    /**
     * Turns what follows, clockwise around the origin.
     *
     * @example
     * canvas.rotate(Math.PI / 4)
     */
    rotate(radians: number): void

    /**
     * Makes what follows larger or smaller.
     *
     * @example
     * canvas.scale(2, 2)
     */
    scale(x: number, y: number): void

    /**
     * Adds to the transformation: x' = ax + cy + e, y' = bx + dy + f.
     *
     * @example
     * canvas.transform(1, 0, 0.2, 1, 0, 0)
     */
    transform(a: number, b: number, c: number, d: number, e: number, f: number): void

    /**
     * Sets the transformation, whatever it was.
     *
     * @example
     * canvas.setTransform(1, 0, 0, 1, 10, 10)
     */
    setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void

    /**
     * Takes every transformation away.
     *
     * @example
     * canvas.resetTransform()
     */
    resetTransform(): void

    /**
     * How much room a text takes with the current font.
     *
     * @example
     * const { width } = canvas.measureText("Total")
     */
    measureText(text: string): TextMetrics

    /**
     * Colours along a line.
     *
     * @example
     * const sky = canvas.createLinearGradient(0, 0, 0, 200)
     * sky.addColorStop(0, "deepskyblue")
     * sky.addColorStop(1, "white")
     * canvas.fillStyle = sky
     */
    createLinearGradient(x0: number, y0: number, x1: number, y1: number): Gradient

    /**
     * Colours between two circles.
     *
     * @example
     * const sun = canvas.createRadialGradient(50, 50, 5, 50, 50, 40)
     */
    createRadialGradient(x0: number, y0: number, r0: number, x1: number, y1: number, r1: number): Gradient
  }
}
