declare namespace M3M {
  type KeyUsage = "encrypt" | "decrypt" | "sign" | "verify" | "deriveKey" | "deriveBits" | "wrapKey" | "unwrapKey"

  type HashName = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512"

  type HashChoice = HashName | { name: HashName }

  type Binary = ArrayBuffer | ArrayBufferView

  interface HmacAlgorithm {
    name: "HMAC"
    hash: HashChoice
    /** Bits; for a new key that of the hash's block without it. */
    length?: number
  }

  interface AesAlgorithm {
    name: "AES-GCM"
    /** Bits of a new key. */
    length: 128 | 192 | 256
  }

  interface AesGcmParameters {
    name: "AES-GCM"
    /** 8 to 128 bytes, best 12, and never the same twice with one key. */
    iv: Binary
    /** What is not hidden but must be the same for decryption. */
    additionalData?: Binary
    /** Bits; 128 without it. */
    tagLength?: 32 | 64 | 96 | 104 | 112 | 120 | 128
  }

  type DerivationParameters =
    | { name: "PBKDF2"; hash: HashChoice; salt: Binary; iterations: number }
    | { name: "HKDF"; hash: HashChoice; salt: Binary; info: Binary }

  interface JsonWebKey {
    kty?: string
    k?: string
    alg?: string
    use?: string
    key_ops?: string[]
    ext?: boolean
    [other: string]: unknown
  }
}

/** A secret that `crypto.subtle` uses. Its bytes are only seen by who exports it, where it is extractable. */
declare class CryptoKey {
  private constructor()
  readonly type: "secret"
  readonly extractable: boolean
  readonly algorithm: { readonly name: string; readonly length?: number; readonly hash?: { readonly name: string } }
  readonly usages: readonly M3M.KeyUsage[]
}

/**
 * The Web Cryptography API, as `crypto.subtle`: SHA, HMAC, AES-GCM, PBKDF2 and HKDF. What is wrong rejects the promise with
 * an error whose `name` is "NotSupportedError", "InvalidAccessError", "OperationError", "DataError" or "SyntaxError" (a
 * DOMException), or with a TypeError. For signatures with RSA and elliptic curves see `crypto.jwtSign`.
 */
declare class SubtleCrypto {
  private constructor()
  /**
   * A hash of bytes.
   *
   * @example
   * const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("abc"))
   */
  digest(algorithm: M3M.HashChoice, data: M3M.Binary): Promise<ArrayBuffer>
  importKey(
    format: "jwk", keyData: M3M.JsonWebKey, algorithm: M3M.HmacAlgorithm | "AES-GCM" | { name: "AES-GCM" },
    extractable: boolean, keyUsages: readonly M3M.KeyUsage[],
  ): Promise<CryptoKey>
  /**
   * A key from its bytes, or for HMAC and AES-GCM from a JSON Web Key.
   *
   * @example
   * const secret = new TextEncoder().encode(env.get("SECRET"))
   * const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"])
   */
  importKey(
    format: "raw", keyData: M3M.Binary,
    algorithm: M3M.HmacAlgorithm | "AES-GCM" | "PBKDF2" | "HKDF" | { name: "AES-GCM" | "PBKDF2" | "HKDF" },
    extractable: boolean, keyUsages: readonly M3M.KeyUsage[],
  ): Promise<CryptoKey>
  exportKey(format: "jwk", key: CryptoKey): Promise<M3M.JsonWebKey>
  /**
   * The bytes of a key that is extractable, or the key as a JSON Web Key.
   *
   * @example
   * const jwk = await crypto.subtle.exportKey("jwk", key)
   */
  exportKey(format: "raw", key: CryptoKey): Promise<ArrayBuffer>
  /**
   * A new key that nobody can guess.
   *
   * @example
   * const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"])
   */
  generateKey(
    algorithm: M3M.HmacAlgorithm | M3M.AesAlgorithm, extractable: boolean, keyUsages: readonly M3M.KeyUsage[],
  ): Promise<CryptoKey>
  /**
   * The signature of bytes.
   *
   * @example
   * const signature = await crypto.subtle.sign("HMAC", key, ctx.bytes())
   */
  sign(algorithm: "HMAC" | { name: "HMAC" }, key: CryptoKey, data: M3M.Binary): Promise<ArrayBuffer>
  /**
   * Whether a signature is that of these bytes.
   *
   * @example
   * const isOurs = await crypto.subtle.verify("HMAC", key, signature, ctx.bytes())
   */
  verify(algorithm: "HMAC" | { name: "HMAC" }, key: CryptoKey, signature: M3M.Binary, data: M3M.Binary): Promise<boolean>
  /**
   * Hides bytes; the tag that shows every change is at the end.
   *
   * @example
   * const iv = crypto.getRandomValues(new Uint8Array(12))
   * const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode("secret"))
   */
  encrypt(algorithm: M3M.AesGcmParameters, key: CryptoKey, data: M3M.Binary): Promise<ArrayBuffer>
  /**
   * What `encrypt` has hidden; an OperationError when anything was changed.
   *
   * @example
   * const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, hidden)
   */
  decrypt(algorithm: M3M.AesGcmParameters, key: CryptoKey, data: M3M.Binary): Promise<ArrayBuffer>
  /**
   * Bytes from a password or another secret; `length` counts bits. PBKDF2 makes at most 10,000,000 rounds.
   *
   * @example
   * const salt = crypto.getRandomValues(new Uint8Array(16))
   * const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 600000 }, key, 256)
   */
  deriveBits(algorithm: M3M.DerivationParameters, baseKey: CryptoKey, length: number): Promise<ArrayBuffer>
  /**
   * A key from a password or another secret.
   *
   * @example
   * const made = await crypto.subtle.deriveKey(
   *   { name: "HKDF", hash: "SHA-256", salt, info: new Uint8Array() }, key, { name: "AES-GCM", length: 256 }, false, ["encrypt"])
   */
  deriveKey(
    algorithm: M3M.DerivationParameters, baseKey: CryptoKey, derivedKeyType: M3M.HmacAlgorithm | M3M.AesAlgorithm,
    extractable: boolean, keyUsages: readonly M3M.KeyUsage[],
  ): Promise<CryptoKey>
}
