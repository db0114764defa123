// CryptoKey, and keys as they are kept outside: raw, or as JSON Web Keys (RFC 7517, RFC 7518).
(names) => {
  "use strict";
  const { failure, named, hashed, bytesOf } = names;
  const USAGES = ["encrypt", "decrypt", "sign", "verify", "deriveKey", "deriveBits", "wrapKey", "unwrapKey"];
  const FOR = {
    __proto__: null, HMAC: ["sign", "verify"], "AES-GCM": ["encrypt", "decrypt", "wrapKey", "unwrapKey"],
    PBKDF2: ["deriveKey", "deriveBits"], HKDF: ["deriveKey", "deriveBits"],
  };
  const URL_SAFE = { alphabet: "base64url", omitPadding: true };
  const INSIDE = Symbol("made inside");
  let secretOf;

  class CryptoKey {
    #secret;
    #extractable;
    #algorithm;
    #usages;

    static { secretOf = (key) => key.#secret; }

    constructor(inside, secret, algorithm, extractable, usages) {
      if (inside !== INSIDE) throw new TypeError("a CryptoKey comes from crypto.subtle: importKey, generateKey or deriveKey");
      this.#secret = secret;
      this.#algorithm = Object.freeze(algorithm);
      this.#extractable = Boolean(extractable);
      this.#usages = Object.freeze(USAGES.filter((usage) => usages.includes(usage)));
    }

    get type() { return "secret"; }
    get extractable() { return this.#extractable; }
    get algorithm() { return this.#algorithm; }
    get usages() { return this.#usages; }
  }
  Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { __proto__: null, value: "CryptoKey", configurable: true });

  function checkUsages(name, usages) {
    if (!Array.isArray(usages)) throw new TypeError(`keyUsages is a list of ${USAGES.join(", ")}`);
    const strange = usages.find((usage) => !USAGES.includes(usage));
    if (strange !== undefined) throw new TypeError(`keyUsages: "${strange}" is none of ${USAGES.join(", ")}`);
    if (usages.length === 0) throw failure("SyntaxError", "keyUsages has at least one of them");
    const unfit = usages.find((usage) => !FOR[name].includes(usage));
    if (unfit !== undefined) throw failure("SyntaxError", `a key for ${name} is for ${FOR[name].join(", ")}, not for ${unfit}`);
  }

  // `secret` is the key's own: nobody else has these bytes.
  function makeKey(name, algorithm, secret, extractable, usages) {
    checkUsages(name, usages);
    const length = secret.length * 8;
    if (name === "HMAC") return makeHmac(algorithm, secret, extractable, usages);
    if (name === "AES-GCM") {
      if (![128, 192, 256].includes(length)) throw failure("DataError", `a key for AES has 128, 192 or 256 bits, not ${length}`);
      return new CryptoKey(INSIDE, secret, { name, length }, extractable, usages);
    }
    if (extractable) throw failure("SyntaxError", `a key for ${name} is not extractable`);
    return new CryptoKey(INSIDE, secret, { name }, false, usages);
  }

  function makeHmac(algorithm, secret, extractable, usages) {
    const bits = secret.length * 8, { length = bits } = algorithm;
    if (bits === 0) throw failure("DataError", "a key for HMAC has at least 8 bits");
    if (length !== bits) throw failure("DataError", `length is that of the key, ${bits} bits`);
    return new CryptoKey(INSIDE, secret, { name: "HMAC", hash: Object.freeze({ name: hashed(algorithm) }), length }, extractable, usages);
  }

  // The secret of a key that may be used so.
  function use(key, name, usage) {
    if (!(key instanceof CryptoKey)) throw new TypeError(`${usage}: key is a CryptoKey`);
    if (key.algorithm.name !== name) throw failure("InvalidAccessError", `this key is for ${key.algorithm.name}, not for ${name}`);
    if (!key.usages.includes(usage)) throw failure("InvalidAccessError", `this key is for ${key.usages.join(", ")}, not for ${usage}`);
    return secretOf(key);
  }

  // ---- JSON Web Keys ----
  function webName(name, algorithm, bits) {
    return name === "HMAC" ? `HS${hashed(algorithm).slice(4)}` : `A${bits}GCM`;
  }

  function unwrapped(jwk, name, algorithm, extractable, usages) {
    if (typeof jwk !== "object" || jwk === null) throw new TypeError("importKey: a key in the form jwk is an object");
    if (jwk.kty !== "oct") throw failure("DataError", `kty of a key for ${name} is "oct"`);
    const secret = decoded(jwk.k);
    checkClaims(jwk, name, webName(name, algorithm, secret.length * 8), extractable, usages);
    return secret;
  }

  function decoded(k) {
    if (typeof k !== "string") throw failure("DataError", "k of a key is a text in base64url");
    try { return Uint8Array.fromBase64(k, URL_SAFE); } catch { throw failure("DataError", "k of a key is not base64url"); }
  }

  function checkClaims({ alg, use, key_ops: able, ext }, name, expected, extractable, usages) {
    if (alg !== undefined && alg !== expected) throw failure("DataError", `alg of this key is ${expected}, not ${alg}`);
    const purpose = name === "HMAC" ? "sig" : "enc";
    if (use !== undefined && use !== purpose) throw failure("DataError", `use of a key for ${name} is "${purpose}"`);
    if (able !== undefined && !(Array.isArray(able) && usages.every((usage) => able.includes(usage)))) {
      throw failure("DataError", "key_ops of the key has not all of keyUsages");
    }
    if (ext === false && extractable) throw failure("DataError", "ext of the key says that it is not extractable");
  }

  function importKey(format, data, given, extractable, usages) {
    const name = named(given, "importKey"), isKept = name === "HMAC" || name === "AES-GCM";
    const algorithm = typeof given === "string" ? { name } : given;
    checkUsages(name, usages);
    if (format === "raw") return makeKey(name, algorithm, bytesOf(data, "importKey: a raw key").slice(), extractable, usages);
    if (format === "jwk" && isKept) {
      return makeKey(name, algorithm, unwrapped(data, name, algorithm, extractable, usages), extractable, usages);
    }
    throw failure("NotSupportedError", `the form of a key for ${name} is ${isKept ? "raw or jwk" : "raw"}`);
  }

  function exportKey(format, key) {
    if (!(key instanceof CryptoKey)) throw new TypeError("exportKey: key is a CryptoKey");
    const name = named(key.algorithm, "exportKey"), secret = secretOf(key);
    if (!key.extractable) throw failure("InvalidAccessError", "this key is not extractable");
    if (format === "raw") return secret.slice().buffer;
    if (format !== "jwk") throw failure("NotSupportedError", "the form of a key is raw or jwk");
    const alg = webName(name, key.algorithm, secret.length * 8);
    return { kty: "oct", k: secret.toBase64(URL_SAFE), alg, key_ops: [...key.usages], ext: true };
  }

  return { CryptoKey, makeKey, checkUsages, use, importKey, exportKey };
}
