declare namespace M3M {
  /** A text counts as its UTF-8. */
  type Material = string | ArrayBuffer | ArrayBufferView

  /** How bytes are written: as text, or not at all. */
  type ByteEncoding = "hex" | "base64" | "base64url"

  type HashAlgorithm = "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512" | "sha3-256" | "sha3-512"

  type JwtAlgorithm =
    | "HS256" | "HS384" | "HS512"
    | "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512"
    | "ES256" | "ES384" | "ES512" | "EdDSA"

  interface DecryptOptions {
    /** What was given to `encrypt` as its context. */
    context?: Material
    /** "text" without it. */
    encoding?: "text" | "bytes"
  }

  interface EncryptOptions {
    /** Bound to the result but not kept in it: `decrypt` needs the same, for instance the id of the record. */
    context?: Material
    /** "base64url" without it. */
    encoding?: ByteEncoding | "bytes"
  }

  interface JwtSignOptions {
    /** "HS256" without it; required with a private key. */
    algorithm?: JwtAlgorithm
    /** Seconds, or a text such as "15m", "12h", "7d". */
    expiresIn?: number | string
    /** Seconds from now, or a text such as "15m". */
    notBefore?: number | string
    issuer?: string
    audience?: string | string[]
    subject?: string
    jwtId?: string
    /** Goes into the header as `kid`. */
    keyId?: string
  }

  interface JwtVerifyOptions {
    /** Those that are accepted; without it all that fit the kind of the key. "none" never is. */
    algorithms?: JwtAlgorithm[]
    issuer?: string | string[]
    audience?: string | string[]
    subject?: string
    /** Seconds that the clocks may differ, or a text such as "1m". */
    tolerance?: number | string
    ignoreExpiration?: boolean
    /** Claims that must be there, for instance ["exp"]. */
    require?: string[]
  }

  /**
   * Hashes, random values, encryption, passwords, signed tokens. A wrong argument throws a TypeError; other errors have
   * a `code`: "decrypt_failed", "bad_data", "not_text", "bad_hash", "bad_key", and for tokens "token_expired",
   * "token_not_active", "bad_signature", "bad_token", "wrong_algorithm", "wrong_audience", "wrong_issuer",
   * "wrong_subject", "missing_claim".
   */
  interface Crypto {
    md5(data: Material, encoding: "bytes"): Uint8Array
    /**
     * The MD5 of a text or of bytes. For checksums that others want; it protects nothing.
     *
     * @example
     * crypto.md5("abc")  // "900150983cd24fb0d6963f7d28e17f72"
     */
    md5(data: Material, encoding?: ByteEncoding): string

    sha1(data: Material, encoding: "bytes"): Uint8Array
    /**
     * The SHA-1 of a text or of bytes. For checksums that others want; it protects nothing.
     *
     * @example
     * const etag = crypto.sha1(page)
     */
    sha1(data: Material, encoding?: ByteEncoding): string

    sha256(data: Material, encoding: "bytes"): Uint8Array
    /**
     * The SHA-256 of a text or of bytes.
     *
     * @example
     * const sum = crypto.sha256(storage.readBytes("logo.png"))
     */
    sha256(data: Material, encoding?: ByteEncoding): string

    sha384(data: Material, encoding: "bytes"): Uint8Array
    /**
     * The SHA-384 of a text or of bytes.
     *
     * @example
     * const integrity = "sha384-" + crypto.sha384(script, "base64")
     */
    sha384(data: Material, encoding?: ByteEncoding): string

    sha512(data: Material, encoding: "bytes"): Uint8Array
    /**
     * The SHA-512 of a text or of bytes.
     *
     * @example
     * const sum = crypto.sha512("abc", "base64")
     */
    sha512(data: Material, encoding?: ByteEncoding): string

    hash(algorithm: HashAlgorithm, data: Material, encoding: "bytes"): Uint8Array
    /**
     * A hash by the name of its algorithm.
     *
     * @example
     * const sum = crypto.hash("sha3-256", "abc")
     */
    hash(algorithm: HashAlgorithm, data: Material, encoding?: ByteEncoding): string

    hmac(algorithm: HashAlgorithm, key: Material, data: Material, encoding: "bytes"): Uint8Array
    /**
     * A signature with a shared secret. Compare it with `timingSafeEqual`.
     *
     * @example
     * const signature = crypto.hmac("sha256", env.get("SECRET"), ctx.rawBody)
     * if (!crypto.timingSafeEqual(signature, ctx.header("x-signature") ?? "")) throw router.error(401, "Wrong signature.")
     */
    hmac(algorithm: HashAlgorithm, key: Material, data: Material, encoding?: ByteEncoding): string

    randomBytes(length: number, encoding: "bytes"): Uint8Array
    /**
     * Bytes that nobody can guess; `length` counts bytes, and in hex each is two characters.
     *
     * @example
     * const token = crypto.randomBytes(32)
     */
    randomBytes(length: number, encoding?: ByteEncoding): string

    /**
     * A whole number from `min` to `max`, both included, that nobody can guess.
     *
     * @example
     * const code = crypto.randomInt(100000, 999999)
     */
    randomInt(min: number, max: number): number

    /**
     * A UUID: version 4 is chance alone, version 7 begins with the time, so that later ones sort after earlier ones.
     *
     * @example
     * const id = crypto.uuid(7)
     */
    uuid(version?: 4 | 7): string

    /**
     * Whether two texts or bytes are equal, in a time that does not tell where they differ.
     *
     * @example
     * if (!crypto.timingSafeEqual(given, expected)) throw router.error(403, "No.")
     */
    timingSafeEqual(first: Material, second: Material): boolean

    /**
     * What to keep of a password (argon2id): the password cannot be found from it. Takes some hundredths of a second.
     *
     * @example
     * database.users.insert({ email, password: crypto.hashPassword(password) })
     */
    hashPassword(password: string): string

    /**
     * The same as `hashPassword`, and lets other requests in meanwhile.
     *
     * @example
     * const hash = await crypto.hashPasswordAsync(password)
     */
    hashPasswordAsync(password: string): Promise<string>

    /**
     * Whether a password is that of a hash. Hashes of argon2 and of PBKDF2 (`$pbkdf2-sha256$…`) are understood.
     *
     * @example
     * if (!crypto.verifyPassword(password, user.password)) throw router.error(401, "Wrong email or password.")
     */
    verifyPassword(password: string, hash: string): boolean

    /**
     * The same as `verifyPassword`, and lets other requests in meanwhile.
     *
     * @example
     * const same = await crypto.verifyPasswordAsync(password, user.password)
     */
    verifyPasswordAsync(password: string, hash: string): Promise<boolean>

    encrypt(data: Material, key: Material, options: EncryptOptions & { encoding: "bytes" }): Uint8Array
    /**
     * Hides a text or bytes; any change is noticed (AES-GCM). The key is 16, 24 or 32 bytes, or a passphrase (text),
     * which takes a tenth of a second because its key is derived with scrypt. The result begins with the version of its
     * format: byte 1, then 0 (own key) or 1 (passphrase, followed by 16 bytes of salt), 12 bytes of nonce, the cipher
     * text, 16 bytes of tag.
     *
     * @example
     * const hidden = crypto.encrypt("4111 1111 1111 1111", env.get("PASSPHRASE"), { context: user.id })
     */
    encrypt(data: Material, key: Material, options?: EncryptOptions): string

    encryptAsync(data: Material, key: Material, options: EncryptOptions & { encoding: "bytes" }): Promise<Uint8Array>
    /**
     * The same as `encrypt`, and lets other requests in meanwhile.
     *
     * @example
     * const hidden = await crypto.encryptAsync("secret", env.get("PASSPHRASE"))
     */
    encryptAsync(data: Material, key: Material, options?: EncryptOptions): Promise<string>

    decrypt(data: Material, key: Material, options: DecryptOptions & { encoding: "bytes" }): Uint8Array
    /**
     * What `encrypt` has hidden. Throws "decrypt_failed" when the key or the context is another or anything was changed.
     *
     * @example
     * const card = crypto.decrypt(hidden, env.get("PASSPHRASE"), { context: user.id })
     */
    decrypt(data: Material, key: Material, options?: DecryptOptions): string

    decryptAsync(data: Material, key: Material, options: DecryptOptions & { encoding: "bytes" }): Promise<Uint8Array>
    /**
     * The same as `decrypt`, and lets other requests in meanwhile.
     *
     * @example
     * const text = await crypto.decryptAsync(hidden, env.get("PASSPHRASE"))
     */
    decryptAsync(data: Material, key: Material, options?: DecryptOptions): Promise<string>

    /**
     * A JSON Web Token with these claims. The key is a secret, or a private key in PEM for RS, PS, ES and EdDSA.
     *
     * @example
     * const token = crypto.jwtSign({ sub: user.id }, env.get("JWT_SECRET"), { expiresIn: "12h" })
     */
    jwtSign(payload: object, key: Material, options?: JwtSignOptions): string

    /**
     * The claims of a token whose signature and times are right; throws otherwise. The key is the secret, or a public
     * key in PEM.
     *
     * @example
     * const { sub } = crypto.jwtVerify(token, env.get("JWT_SECRET"), { algorithms: ["HS256"] })
     */
    jwtVerify(token: string, key: Material, options?: JwtVerifyOptions): any

    /**
     * What a token says, whoever wrote it: nothing is verified.
     *
     * @example
     * const { header } = crypto.jwtDecode(token)
     */
    jwtDecode(token: string): { header: any; payload: any }

    /**
     * Fills an array of whole numbers with values that nobody can guess, at most 65,536 bytes, as on the web.
     *
     * @example
     * const salt = crypto.getRandomValues(new Uint8Array(16))
     */
    getRandomValues<T extends ArrayBufferView>(array: T): T

    /**
     * A random UUID (version 4), as on the web.
     *
     * @example
     * const id = crypto.randomUUID()
     */
    randomUUID(): string

    /** The Web Cryptography API, as on the web. */
    readonly subtle: SubtleCrypto
  }
}

/** Hashes, random values, encryption, passwords, signed tokens. */
declare const crypto: M3M.Crypto
declare const $crypto: M3M.Crypto
