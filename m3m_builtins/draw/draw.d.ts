declare namespace M3M {
  type DrawFormat = "png" | "jpeg" | "jpg" | "webp" | "svg" | "pdf"

  interface DrawOptions {
    /** 1 to 100, for jpeg (85 without it) and webp (80). */
    quality?: number
  }

  interface DrawSaved {
    path: string
    /** Bytes. */
    size: number
    format: "png" | "jpeg" | "webp" | "svg" | "pdf"
  }

  /** A picture to draw with. */
  interface Picture {
    readonly width: number
    readonly height: number
  }

  /** Sizes of a text in pixels, from the point that it would be drawn at. */
  interface TextMetrics {
    width: number
    actualBoundingBoxLeft: number
    actualBoundingBoxRight: number
    actualBoundingBoxAscent: number
    actualBoundingBoxDescent: number
    fontBoundingBoxAscent: number
    fontBoundingBoxDescent: number
  }

  /**
   * Colours that flow into each other: a `fillStyle` or `strokeStyle`.
   */
  interface Gradient {
    /**
     * A colour at a place between 0, the start, and 1, the end.
     *
     * @example
     * gradient.addColorStop(0, "white")
     */
    addColorStop(offset: number, color: string): void
  }

  /**
   * Pictures from code. A canvas writes down what is to be drawn and draws all of it when its bytes are wanted:
   * mistakes in colours and fonts are told then. Errors have a `code`: "invalid_arguments", "out_of_range",
   * "canvas_too_large", "too_many_commands", "too_deep", "too_many_stops", "drawing_too_long", "no_font",
   * "not_a_font", "draw_not_installed", and those of `image`.
   */
  interface Draw {
    /**
     * A canvas of this size in pixels, transparent at first: at most 16 million pixels, 16,383 a side.
     *
     * @example
     * const canvas = draw.createCanvas(400, 200)
     * canvas.fillStyle = "tomato"
     * canvas.fillRect(20, 20, 360, 160)
     * return router.response(200, canvas.toBytes("png"), { "Content-Type": "image/png" })
     */
    createCanvas(width: number, height: number): Canvas

    /**
     * A picture to draw with `drawImage`: a path in storage, or bytes of a png, jpeg, webp or gif.
     *
     * @example
     * canvas.drawImage(draw.loadImage("logo.png"), 10, 10)
     */
    loadImage(source: ImageSource): Picture

    /**
     * The same as `loadImage`, and lets other requests in meanwhile.
     *
     * @example
     * const logo = await draw.loadImageAsync("logo.png")
     */
    loadImageAsync(source: ImageSource): Promise<Picture>

    /**
     * A font (ttf or otf) for all canvases of this run; returns the name for `font`, by default the font's own. At
     * most 32 fonts; one that is loaded again is the same.
     *
     * @example
     * const family = draw.loadFont("fonts/Brand.ttf", "Brand")
     * canvas.font = `24px ${family}`
     */
    loadFont(source: ImageSource, family?: string): string

    /**
     * The same as `loadFont`, and lets other requests in meanwhile.
     *
     * @example
     * await draw.loadFontAsync("fonts/Brand.ttf", "Brand")
     */
    loadFontAsync(source: ImageSource, family?: string): Promise<string>
  }
}

/** Drawing: shapes, text and pictures on a canvas, as png, jpeg, webp, svg or pdf. */
declare const draw: M3M.Draw
declare const $draw: M3M.Draw
