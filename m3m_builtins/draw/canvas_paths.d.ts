declare namespace M3M {
  interface Canvas {
    /**
     * Begins a new path.
     *
     * @example
     * canvas.beginPath()
     */
    beginPath(): void

    /**
     * A line back to where the shape began.
     *
     * @example
     * canvas.closePath()
     */
    closePath(): void

    /**
     * Begins a new shape at a point.
     *
     * @example
     * canvas.moveTo(10, 10)
     */
    moveTo(x: number, y: number): void

    /**
     * A straight line to a point.
     *
     * @example
     * canvas.lineTo(100, 10)
     */
    lineTo(x: number, y: number): void

    /**
     * A curve to a point, drawn towards another.
     *
     * @example
     * canvas.quadraticCurveTo(50, 100, 100, 10)
     */
    quadraticCurveTo(cx: number, cy: number, x: number, y: number): void

    /**
     * A curve to a point, drawn towards two others.
     *
     * @example
     * canvas.bezierCurveTo(20, 100, 80, 100, 100, 10)
     */
    bezierCurveTo(c1x: number, c1y: number, c2x: number, c2y: number, x: number, y: number): void

    /**
     * A part of a circle; angles in radians.
     *
     * @example
     * canvas.beginPath()
     * canvas.arc(50, 50, 40, 0, 2 * Math.PI)
     * canvas.fill()
     */
    arc(x: number, y: number, radius: number, start: number, end: number, counterclockwise?: boolean): void

    /**
     * A rounded corner at the first point, on the way to the second.
     *
     * @example
     * canvas.arcTo(100, 10, 100, 100, 20)
     */
    arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void

    /**
     * A part of an ellipse; angles in radians.
     *
     * @example
     * canvas.ellipse(50, 50, 40, 20, 0, 0, 2 * Math.PI)
     */
    ellipse(x: number, y: number, radiusX: number, radiusY: number, rotation: number, start: number, end: number, counterclockwise?: boolean): void

    /**
     * A rectangle.
     *
     * @example
     * canvas.rect(10, 10, 100, 50)
     */
    rect(x: number, y: number, width: number, height: number): void

    /**
     * A rectangle with round corners: one radius, or up to four from the top left, clockwise.
     *
     * @example
     * canvas.roundRect(10, 10, 100, 50, 8)
     */
    roundRect(x: number, y: number, width: number, height: number, radii?: number | number[]): void

    /**
     * Fills the path.
     *
     * @example
     * canvas.fill()
     */
    fill(rule?: "nonzero" | "evenodd"): void

    /**
     * Draws the path as a line.
     *
     * @example
     * canvas.stroke()
     */
    stroke(): void

    /**
     * From now on only what is inside the path is drawn, until `restore`.
     *
     * @example
     * canvas.clip()
     */
    clip(rule?: "nonzero" | "evenodd"): void

    /**
     * Whether a point of the canvas is inside the path.
     *
     * @example
     * if (canvas.isPointInPath(50, 50)) logger.info("inside")
     */
    isPointInPath(x: number, y: number, rule?: "nonzero" | "evenodd"): boolean
  }
}
