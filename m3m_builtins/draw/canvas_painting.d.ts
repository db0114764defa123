declare namespace M3M {
  interface Canvas {
    /** A CSS colour ("red", "#f80", "rgb(255 136 0 / 50%)", "hsl(32, 100%, 50%)") or a gradient. */
    fillStyle: string | Gradient

    /** The same for lines. */
    strokeStyle: string | Gradient

    /** 0, invisible, to 1. */
    globalAlpha: number

    /** How new pixels meet old ones: "source-over", "multiply", "screen", "destination-out" ... */
    globalCompositeOperation: string

    /** Pixels; 1 at first. */
    lineWidth: number

    /** The ends of lines. */
    lineCap: "butt" | "round" | "square"

    /** The corners of lines. */
    lineJoin: "miter" | "round" | "bevel"

    /** 10 at first. */
    miterLimit: number

    /** Where in the dashes a line begins. */
    lineDashOffset: number

    /** As in CSS: "bold 16px sans-serif", "italic 300 1.5em 'My Font', serif". */
    font: string

    /** What of the text is at the given x. */
    textAlign: "start" | "end" | "left" | "center" | "right"

    /** What of the text is at the given y. */
    textBaseline: "alphabetic" | "top" | "hanging" | "middle" | "ideographic" | "bottom"

    /** Of texts that have both. */
    direction: "ltr" | "rtl"

    /**
     * Lengths of dashes and gaps in turn; none for a whole line.
     *
     * @example
     * canvas.setLineDash([10, 5])
     */
    setLineDash(lengths: number[]): void

    /**
     * The lengths that were set.
     *
     * @example
     * const lengths = canvas.getLineDash()
     */
    getLineDash(): number[]

    /**
     * A filled rectangle.
     *
     * @example
     * canvas.fillRect(10, 10, 100, 50)
     */
    fillRect(x: number, y: number, width: number, height: number): void

    /**
     * The outline of a rectangle.
     *
     * @example
     * canvas.strokeRect(10.5, 10.5, 100, 50)
     */
    strokeRect(x: number, y: number, width: number, height: number): void

    /**
     * Makes a rectangle transparent again.
     *
     * @example
     * canvas.clearRect(0, 0, canvas.width, canvas.height)
     */
    clearRect(x: number, y: number, width: number, height: number): void

    /**
     * A line of text, squeezed when it would be wider than `maxWidth`.
     *
     * @example
     * canvas.font = "bold 20px sans-serif"
     * canvas.fillText("Привет", 20, 40)
     */
    fillText(text: string, x: number, y: number, maxWidth?: number): void

    /**
     * The outlines of a line of text.
     *
     * @example
     * canvas.strokeText("Sale", 20, 80)
     */
    strokeText(text: string, x: number, y: number, maxWidth?: number): void

    /**
     * Draws a picture or another canvas, in a size of your choice, or a part of it (`sx` to `sh`).
     *
     * @example
     * canvas.drawImage(draw.loadImage("photo.jpg"), 0, 0, 200, 150)
     */
    drawImage(picture: Picture | Canvas, x: number, y: number): void
    drawImage(picture: Picture | Canvas, x: number, y: number, width: number, height: number): void
    drawImage(picture: Picture | Canvas, sx: number, sy: number, sw: number, sh: number, x: number, y: number, width: number, height: number): void
  }
}
