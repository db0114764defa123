declare namespace M3M {
  /**
   * Pictures in, pictures out. Animations stay animations as long as the format can hold them. At most 20 million pixels,
   * 50 for a jpeg that is made smaller. Errors have a `code`: "not_a_picture", "broken_picture", "picture_too_large",
   * "result_too_large", "outside_picture", "invalid_arguments", and those of `storage`.
   */
  interface Image {
    /**
     * What a picture is, from its header alone. Width and height are those of the upright picture.
     *
     * @example
     * const { width, height, format } = image.info("photo.jpg")
     */
    info(source: ImageSource): ImageInfo

    /**
     * The same as `info`, and lets other requests in meanwhile.
     *
     * @example
     * const { width, height, format } = await image.infoAsync("photo.jpg")
     */
    infoAsync(source: ImageSource): Promise<ImageInfo>

    /**
     * Makes a picture of this size, in pixels; with one side left out (or 0) the other keeps the proportions. `fit`
     * says what happens when the proportions differ: "fill" (unless you say otherwise) stretches, "cover" cuts off
     * what is too much, "contain" adds background, "inside" stays smaller.
     *
     * @example
     * const small = image.resize("photo.jpg", 800)
     * image.resize("photo.jpg", 200, 200, { fit: "cover", saveTo: "thumbs/photo.webp" })
     */
    resize<Options extends ImageSizeOptions>(source: ImageSource, width: number | null, height?: number | null, options?: Options): ImageResult<Options>

    /**
     * The same as `resize`, and lets other requests in meanwhile.
     *
     * @example
     * const small = await image.resizeAsync("photo.jpg", 800)
     * await image.resizeAsync("photo.jpg", 200, 200, { fit: "cover", saveTo: "thumbs/photo.webp" })
     */
    resizeAsync<Options extends ImageSizeOptions>(source: ImageSource, width: number | null, height?: number | null, options?: Options): Promise<ImageResult<Options>>

    /**
     * Makes a small picture that fits into a box, a square without a height. It keeps its proportions and is never
     * enlarged, unless `fit` and `enlarge` say otherwise.
     *
     * @example
     * const small = image.thumbnail("photo.jpg", 128)
     */
    thumbnail<Options extends ImageSizeOptions>(source: ImageSource, width: number, height?: number | null, options?: Options): ImageResult<Options>

    /**
     * The same as `thumbnail`, and lets other requests in meanwhile.
     *
     * @example
     * const small = await image.thumbnailAsync("photo.jpg", 128)
     */
    thumbnailAsync<Options extends ImageSizeOptions>(source: ImageSource, width: number, height?: number | null, options?: Options): Promise<ImageResult<Options>>

    /**
     * Cuts out a part; x and y, from the top left, are its first pixel. A part that is not in the picture is an
     * error (`outside_picture`).
     *
     * @example
     * const face = image.crop("photo.jpg", 120, 40, 200, 200)
     */
    crop<Options extends ImageOptions>(source: ImageSource, x: number, y: number, width: number, height: number, options?: Options): ImageResult<Options>

    /**
     * The same as `crop`, and lets other requests in meanwhile.
     *
     * @example
     * const face = await image.cropAsync("photo.jpg", 120, 40, 200, 200)
     */
    cropAsync<Options extends ImageOptions>(source: ImageSource, x: number, y: number, width: number, height: number, options?: Options): Promise<ImageResult<Options>>

    /**
     * Turns a picture clockwise. Corners that come in are transparent, or of the `background`; jpeg has no
     * transparency.
     *
     * @example
     * const turned = image.rotate("photo.jpg", 90)
     */
    rotate<Options extends ImageOptions>(source: ImageSource, degrees: number, options?: Options): ImageResult<Options>

    /**
     * The same as `rotate`, and lets other requests in meanwhile.
     *
     * @example
     * const turned = await image.rotateAsync("photo.jpg", 90)
     */
    rotateAsync<Options extends ImageOptions>(source: ImageSource, degrees: number, options?: Options): Promise<ImageResult<Options>>

    /**
     * Mirrors a picture: "horizontal" (unless you say otherwise) exchanges left and right.
     *
     * @example
     * const mirrored = image.flip("photo.jpg", "horizontal")
     */
    flip<Options extends ImageOptions>(source: ImageSource, direction?: "horizontal" | "vertical" | "both", options?: Options): ImageResult<Options>

    /**
     * The same as `flip`, and lets other requests in meanwhile.
     *
     * @example
     * const mirrored = await image.flipAsync("photo.jpg", "horizontal")
     */
    flipAsync<Options extends ImageOptions>(source: ImageSource, direction?: "horizontal" | "vertical" | "both", options?: Options): Promise<ImageResult<Options>>

    /**
     * Takes the colours out.
     *
     * @example
     * const grey = image.grayscale("photo.jpg")
     */
    grayscale<Options extends ImageOptions>(source: ImageSource, options?: Options): ImageResult<Options>

    /**
     * The same as `grayscale`, and lets other requests in meanwhile.
     *
     * @example
     * const grey = await image.grayscaleAsync("photo.jpg")
     */
    grayscaleAsync<Options extends ImageOptions>(source: ImageSource, options?: Options): Promise<ImageResult<Options>>

    /**
     * Blurs a picture; the radius, 5 without one and at most 200, is in pixels.
     *
     * @example
     * const soft = image.blur("photo.jpg", 8)
     */
    blur<Options extends ImageOptions>(source: ImageSource, radius?: number, options?: Options): ImageResult<Options>

    /**
     * The same as `blur`, and lets other requests in meanwhile.
     *
     * @example
     * const soft = await image.blurAsync("photo.jpg", 8)
     */
    blurAsync<Options extends ImageOptions>(source: ImageSource, radius?: number, options?: Options): Promise<ImageResult<Options>>

    /**
     * Writes a picture in another format.
     *
     * @example
     * const modern = image.convert("photo.png", "webp", { quality: 75 })
     */
    convert<Options extends ImageOptions>(source: ImageSource, format: ImageFormat, options?: Options): ImageResult<Options>

    /**
     * The same as `convert`, and lets other requests in meanwhile.
     *
     * @example
     * const modern = await image.convertAsync("photo.png", "webp", { quality: 75 })
     */
    convertAsync<Options extends ImageOptions>(source: ImageSource, format: ImageFormat, options?: Options): Promise<ImageResult<Options>>

    /**
     * Makes the file smaller, in the same format unless you say otherwise: `quality` (70 without it) for jpeg and
     * webp, `colors` for png and gif, which are packed without loss when it is left out. A number in place of
     * options is the quality.
     *
     * @example
     * image.compress("photo.jpg", { quality: 60, saveTo: "photo-small.jpg" })
     */
    compress<Options extends ImagePackOptions | number>(source: ImageSource, options?: Options): ImageResult<Options>

    /**
     * The same as `compress`, and lets other requests in meanwhile.
     *
     * @example
     * await image.compressAsync("photo.jpg", { quality: 60, saveTo: "photo-small.jpg" })
     */
    compressAsync<Options extends ImagePackOptions | number>(source: ImageSource, options?: Options): Promise<ImageResult<Options>>

    /**
     * Puts a picture, for instance a logo with transparency, onto another one.
     *
     * @example
     * image.watermark("photo.jpg", "logo.png", { position: "bottom-right", opacity: 0.4, saveTo: "marked.jpg" })
     */
    watermark<Options extends ImageMarkOptions>(source: ImageSource, mark: ImageSource, options?: Options): ImageResult<Options>

    /**
     * The same as `watermark`, and lets other requests in meanwhile.
     *
     * @example
     * await image.watermarkAsync("photo.jpg", "logo.png", { position: "bottom-right", opacity: 0.4, saveTo: "marked.jpg" })
     */
    watermarkAsync<Options extends ImageMarkOptions>(source: ImageSource, mark: ImageSource, options?: Options): Promise<ImageResult<Options>>
  }
}

/** Pictures: size, cut, turn, formats, watermarks. */
declare const image: M3M.Image
declare const $image: M3M.Image
