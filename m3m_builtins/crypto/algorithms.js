// The Web Cryptography API: what its algorithms are called, which do what, and how it fails.
() => {
  "use strict";
  const Bytes = Uint8Array;
  const HASHES = {
    __proto__: null,
    "SHA-1": { digest: "sha1", block: 512 },
    "SHA-256": { digest: "sha256", block: 512 },
    "SHA-384": { digest: "sha384", block: 1024 },
    "SHA-512": { digest: "sha512", block: 1024 },
  };
  const DERIVING = ["PBKDF2", "HKDF"], KEPT = ["HMAC", "AES-GCM"];
  const ABLE = {
    __proto__: null, digest: Object.keys(HASHES), sign: ["HMAC"], verify: ["HMAC"], encrypt: ["AES-GCM"], decrypt: ["AES-GCM"],
    deriveBits: DERIVING, deriveKey: DERIVING, generateKey: KEPT, exportKey: KEPT, importKey: [...KEPT, ...DERIVING],
  };

  const failure = (name, message) => new DOMException(message, name);

  // What an algorithm is called in the standard, however its caller writes it.
  function named(given, operation) {
    const name = typeof given === "string" ? given : given?.name;
    if (typeof name !== "string") throw new TypeError(`${operation}: algorithm is a name, or an object with a name`);
    const known = ABLE[operation].find((able) => able.toLowerCase() === name.toLowerCase());
    if (known === undefined) throw failure("NotSupportedError", `${operation} works with ${ABLE[operation].join(", ")}, not with ${name}`);
    return known;
  }

  function hashed({ hash }) {
    if (hash === undefined) throw new TypeError("the algorithm has a hash, for instance { name, hash: \"SHA-256\" }");
    return named(hash, "digest");
  }

  function bytesOf(value, name) {
    if (ArrayBuffer.isView(value)) return new Bytes(value.buffer, value.byteOffset, value.byteLength);
    if (value instanceof ArrayBuffer) return new Bytes(value);
    throw new TypeError(`${name} is an ArrayBuffer or a view of one, for instance a Uint8Array`);
  }

  function whole(value, name) {
    if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`${name} is a whole number`);
    return value;
  }

  // Bits that are whole bytes, as bytes.
  function bytesIn(bits) {
    if (bits === null || bits === undefined || whole(bits, "length") % 8) throw failure("OperationError", "length is a multiple of 8: bits");
    return bits / 8;
  }

  function keyLength({ length }) {
    if (![128, 192, 256].includes(whole(length, "length"))) throw failure("OperationError", "length of a key for AES is 128, 192 or 256");
    return length;
  }

  // Bits of a new key of a kind.
  function lengthOf(name, algorithm) {
    if (name !== "HMAC") return keyLength(algorithm);
    const { length = HASHES[hashed(algorithm)].block } = algorithm;
    if (whole(length, "length") === 0) throw failure("OperationError", "length of a key has at least 8 bits");
    return length;
  }

  return { HASHES, failure, named, hashed, bytesOf, whole, bytesIn, lengthOf };
}
