declare namespace M3M {
  /** A text is written as UTF-8. */
  type StorageData = string | ArrayBuffer | ArrayBufferView

  /** A file or a folder. */
  interface StorageEntry {
    name: string
    /** From the project's top folder, without a leading slash. */
    path: string
    /** Bytes; 0 for a folder. */
    size: number
    isDir: boolean
    /** By the ending of the name; null for a folder. */
    mime: string | null
    updatedAt: Date
  }

  interface StorageOverwrite {
    /** Take the place of a file that is there already; without it that is an error with the code "exists". */
    overwrite?: boolean
  }

  interface StorageLink {
    /** Seconds, or a text such as "30m", "12h", "7d"; without it the address works until it is revoked. */
    expiresIn?: number | string
  }

  /**
   * The project's files. A path never leaves them. Errors have a `code`: "not_found", "is_directory", "exists",
   * "bad_path", "not_text", "too_large", "disk_full".
   */
  interface Storage {
    /**
     * The text of a file, which must be UTF-8.
     *
     * @example
     * const text = storage.read("notes/today.md")
     */
    read(path: string): string

    /**
     * The same as `read`, and lets other requests in meanwhile.
     *
     * @example
     * const text = await storage.readAsync("notes/today.md")
     */
    readAsync(path: string): Promise<string>

    /**
     * The content of a file as it is.
     *
     * @example
     * const picture = storage.readBytes("logo.png")
     */
    readBytes(path: string): Uint8Array

    /**
     * The same as `readBytes`, and lets other requests in meanwhile.
     *
     * @example
     * const picture = await storage.readBytesAsync("logo.png")
     */
    readBytesAsync(path: string): Promise<Uint8Array>

    /**
     * The value that a JSON file holds.
     *
     * @example
     * const { theme } = storage.readJSON("settings.json")
     */
    readJSON(path: string): any

    /**
     * The same as `readJSON`, and lets other requests in meanwhile.
     *
     * @example
     * const { theme } = await storage.readJSONAsync("settings.json")
     */
    readJSONAsync(path: string): Promise<any>

    /**
     * Writes a whole file. Readers see the old content or the new one, never a half. Missing folders are made.
     *
     * @example
     * storage.write("notes/today.md", "# Today")
     */
    write(path: string, data: StorageData): StorageEntry

    /**
     * The same as `write`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.writeAsync("notes/today.md", "# Today")
     */
    writeAsync(path: string, data: StorageData): Promise<StorageEntry>

    /**
     * Writes a value as a JSON file.
     *
     * @example
     * storage.writeJSON("settings.json", { theme: "dark" }, 2)
     */
    writeJSON(path: string, value: unknown, indent?: number): StorageEntry

    /**
     * The same as `writeJSON`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.writeJSONAsync("settings.json", { theme: "dark" }, 2)
     */
    writeJSONAsync(path: string, value: unknown, indent?: number): Promise<StorageEntry>

    /**
     * Adds to the end of a file, which is made when it is missing. On a full disk nothing is added; when the server
     * crashes meanwhile, a part may be.
     *
     * @example
     * storage.append("visits.log", `${ctx.ip}\n`)
     */
    append(path: string, data: StorageData): StorageEntry

    /**
     * The same as `append`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.appendAsync("visits.log", `${ctx.ip}\n`)
     */
    appendAsync(path: string, data: StorageData): Promise<StorageEntry>

    /**
     * Whether there is a file or a folder.
     *
     * @example
     * if (!storage.exists("settings.json")) storage.writeJSON("settings.json", {})
     */
    exists(path: string): boolean

    /**
     * The same as `exists`, and lets other requests in meanwhile.
     *
     * @example
     * if (await storage.existsAsync("settings.json")) logger.info("there are settings")
     */
    existsAsync(path: string): Promise<boolean>

    /**
     * What is known of a file or a folder.
     *
     * @example
     * const { size, updatedAt } = storage.stat("report.pdf")
     */
    stat(path: string): StorageEntry

    /**
     * The same as `stat`, and lets other requests in meanwhile.
     *
     * @example
     * const { size, updatedAt } = await storage.statAsync("report.pdf")
     */
    statAsync(path: string): Promise<StorageEntry>

    /**
     * What is in a folder, folders first; in the top folder when none is given.
     *
     * @example
     * for (const file of storage.list("photos")) logger.info(file.name, file.size)
     */
    list(path?: string): StorageEntry[]

    /**
     * The same as `list`, and lets other requests in meanwhile.
     *
     * @example
     * for (const file of await storage.listAsync("photos")) logger.info(file.name, file.size)
     */
    listAsync(path?: string): Promise<StorageEntry[]>

    /**
     * Paths of the files that fit a pattern: `*` and `?` in a name, `[abc]`, `**` for any folders. Names that begin
     * with a dot fit only patterns that do.
     *
     * @example
     * const reports = storage.glob("reports/2026-*.csv")
     */
    glob(pattern: string): string[]

    /**
     * The same as `glob`, and lets other requests in meanwhile.
     *
     * @example
     * const reports = await storage.globAsync("reports/2026-*.csv")
     */
    globAsync(pattern: string): Promise<string[]>

    /**
     * Makes a folder and those above it that are missing. It may be there already.
     *
     * @example
     * storage.mkdir("photos/2026")
     */
    mkdir(path: string): StorageEntry

    /**
     * The same as `mkdir`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.mkdirAsync("photos/2026")
     */
    mkdirAsync(path: string): Promise<StorageEntry>

    /**
     * Copies a file, or a folder with all that is in it.
     *
     * @example
     * storage.copy("settings.json", "backup/settings.json", { overwrite: true })
     */
    copy(from: string, to: string, options?: StorageOverwrite): StorageEntry

    /**
     * The same as `copy`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.copyAsync("settings.json", "backup/settings.json", { overwrite: true })
     */
    copyAsync(from: string, to: string, options?: StorageOverwrite): Promise<StorageEntry>

    /**
     * Moves or renames a file or a folder.
     *
     * @example
     * storage.move("inbox/a.pdf", "done/a.pdf")
     */
    move(from: string, to: string, options?: StorageOverwrite): StorageEntry

    /**
     * The same as `move`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.moveAsync("inbox/a.pdf", "done/a.pdf")
     */
    moveAsync(from: string, to: string, options?: StorageOverwrite): Promise<StorageEntry>

    /**
     * Deletes a file, or a folder with all that is in it. False when there was nothing.
     *
     * @example
     * storage.delete("inbox/a.pdf")
     */
    delete(path: string): boolean

    /**
     * The same as `delete`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.deleteAsync("inbox/a.pdf")
     */
    deleteAsync(path: string): Promise<boolean>

    /**
     * Makes a public address of a file, for everybody who has it.
     *
     * @example
     * const link = storage.url("report.pdf", { expiresIn: "7d" })
     */
    url(path: string, options?: StorageLink): string

    /**
     * The same as `url`, and lets other requests in meanwhile.
     *
     * @example
     * const link = await storage.urlAsync("report.pdf", { expiresIn: "7d" })
     */
    urlAsync(path: string, options?: StorageLink): Promise<string>

    /**
     * Packs files and folders into a new archive.
     *
     * @example
     * storage.zip(["photos", "readme.md"], "backup.zip")
     */
    zip(paths: string | string[], to: string): StorageEntry

    /**
     * The same as `zip`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.zipAsync(["photos", "readme.md"], "backup.zip")
     */
    zipAsync(paths: string | string[], to: string): Promise<StorageEntry>

    /**
     * Unpacks an archive into a folder: all of it, or nothing when any of it is refused.
     *
     * @example
     * storage.unzip("backup.zip", "restored")
     */
    unzip(path: string, to?: string): StorageEntry

    /**
     * The same as `unzip`, and lets other requests in meanwhile.
     *
     * @example
     * await storage.unzipAsync("backup.zip", "restored")
     */
    unzipAsync(path: string, to?: string): Promise<StorageEntry>

    /**
     * A path for a file of short life, with an ending of your choice. Whatever is there when the run ends is
     * removed.
     *
     * @example
     * const path = storage.tmp(".png")
     */
    tmp(ending?: string): string
  }
}

/** The project's files. */
declare const storage: M3M.Storage
declare const $storage: M3M.Storage
