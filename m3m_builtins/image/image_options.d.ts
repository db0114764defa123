declare namespace M3M {
  /** A path in the project's storage, or the bytes of a picture's file: png, jpeg, webp or gif, told by its content. */
  type ImageSource = string | ArrayBuffer | ArrayBufferView

  type ImageFormat = "png" | "jpeg" | "jpg" | "webp" | "gif"

  interface ImageInfo {
    format: "png" | "jpeg" | "webp" | "gif"
    mime: string
    width: number
    height: number
    /** Bytes of the file. */
    size: number
    hasAlpha: boolean
    /** 1, except for animations (gif, webp). */
    frames: number
    isAnimated: boolean
    /** As in EXIF, 1 to 8: how the file's pixels lie; 1 is upright. Everything that is made is upright. */
    orientation: number
  }

  interface ImageOptions {
    /** The format of the result; without it that of `saveTo`'s ending, else that of the source. */
    format?: ImageFormat
    /** 1 to 100, for jpeg (85 without it) and webp (80). */
    quality?: number
    /** For webp: exactly these pixels. */
    lossless?: boolean
    /** A colour such as "white" (unless you say otherwise) or "#ff8800", for what is empty or, in jpeg, was transparent. */
    background?: string
    /** Keep what the camera wrote (EXIF), the place included. Without it only the colour profile stays. */
    keepMetadata?: boolean
    /** Save the result at this path in storage, and return what became of it in place of the bytes. */
    saveTo?: string
  }

  interface ImageSizeOptions extends ImageOptions {
    fit?: "fill" | "cover" | "contain" | "inside"
    /** Whether the result may be larger than the source. */
    enlarge?: boolean
  }

  interface ImagePackOptions extends ImageOptions {
    /** 2 to 256: as many colours at most. */
    colors?: number
  }

  interface ImageMarkOptions extends ImageOptions {
    /** "bottom-right" without it. */
    position?: "top-left" | "top" | "top-right" | "left" | "center" | "right" | "bottom-left" | "bottom" | "bottom-right"
    /** 0 to 1; 0.5 without it. */
    opacity?: number
    /** The mark's width as a part of the picture's, 0.01 to 1; 0.25 without it. */
    scale?: number
    /** Pixels between the mark and the edge; 10 without it. */
    margin?: number
    /** Repeat the mark all over the picture. */
    tile?: boolean
  }

  interface ImageSaved {
    path: string
    /** Bytes. */
    size: number
    format: "png" | "jpeg" | "webp" | "gif"
    width: number
    height: number
  }

  /** What was saved with `saveTo`, else the bytes of the new file. */
  type ImageResult<Options> = Options extends { saveTo: string } ? ImageSaved : Uint8Array
}
