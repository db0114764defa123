// crypto.subtle: every function returns a promise, and what is wrong rejects it.
(host, names, keys) => {
  "use strict";
  const { HASHES, failure, named, hashed, bytesOf, whole, bytesIn, lengthOf } = names;
  const { CryptoKey, makeKey, checkUsages, use, importKey, exportKey } = keys;
  const TAGS = [32, 64, 96, 104, 112, 120, 128];
  const MOST_BITS = 65536;

  const failed = (error) => failure("OperationError", error.message);
  function done(work) { try { return work().buffer; } catch (error) { throw failed(error); } }

  function signed(algorithm, key, usage, data) {
    const secret = use(key, named(algorithm, usage), usage), given = bytesOf(data, "data");
    return done(() => host.hmac(HASHES[key.algorithm.hash.name].digest, secret, given, "bytes"));
  }

  // What the host's work on AES-GCM wants.
  function sealing(algorithm, key, usage, data) {
    const name = named(algorithm, usage), secret = use(key, name, usage);
    const { iv, additionalData = new Uint8Array(), tagLength = 128 } = algorithm;
    if (!TAGS.includes(tagLength)) throw failure("OperationError", `tagLength is one of ${TAGS.join(", ")}`);
    return [secret, bytesOf(iv, "iv"), bytesOf(data, "data"), bytesOf(additionalData, "additionalData"), tagLength / 8];
  }

  async function derived(algorithm, key, usage, bits) {
    const name = named(algorithm, usage), secret = use(key, name, usage);
    const digest = HASHES[hashed(algorithm)].digest, salt = bytesOf(algorithm.salt, "salt"), length = bytesIn(bits);
    try {
      if (name === "HKDF") return host.hkdf(digest, secret, salt, bytesOf(algorithm.info, "info"), length);
      return await host.pbkdf2Async(digest, secret, salt, rounds(algorithm), length);
    } catch (error) { throw error instanceof DOMException || error instanceof TypeError ? error : failed(error); }
  }

  function rounds({ iterations }) {
    if (whole(iterations, "iterations") === 0) throw failure("OperationError", "iterations is at least 1");
    return iterations;
  }

  class SubtleCrypto {
    constructor(inside) { if (inside !== keys) throw new TypeError("a service has one SubtleCrypto: crypto.subtle"); }

    async digest(algorithm, data) {
      const { digest } = HASHES[named(algorithm, "digest")], given = bytesOf(data, "data");
      return done(() => host.hash(digest, given, "bytes"));
    }

    async importKey(format, keyData, algorithm, extractable, keyUsages) {
      return importKey(format, keyData, algorithm, extractable, keyUsages);
    }

    async exportKey(format, key) { return exportKey(format, key); }

    async generateKey(algorithm, extractable, keyUsages) {
      const name = named(algorithm, "generateKey"), bits = lengthOf(name, algorithm), length = bytesIn(bits);
      if (bits > MOST_BITS) throw failure("OperationError", `length of a key is at most ${MOST_BITS} bits`);
      checkUsages(name, keyUsages);
      return makeKey(name, algorithm, host.randomBytes(length, "bytes"), extractable, keyUsages);
    }

    async sign(algorithm, key, data) { return signed(algorithm, key, "sign", data); }

    async verify(algorithm, key, signature, data) {
      const given = bytesOf(signature, "signature");
      return host.timingSafeEqual(signed(algorithm, key, "verify", data), given);
    }

    async encrypt(algorithm, key, data) {
      const given = sealing(algorithm, key, "encrypt", data);
      return done(() => host.sealGcm(...given));
    }

    async decrypt(algorithm, key, data) {
      const given = sealing(algorithm, key, "decrypt", data);
      return done(() => host.openGcm(...given));
    }

    async deriveBits(algorithm, baseKey, length) { return (await derived(algorithm, baseKey, "deriveBits", length)).buffer; }

    async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
      const name = named(derivedKeyType, "generateKey"), bits = lengthOf(name, derivedKeyType);
      checkUsages(name, keyUsages);
      const secret = await derived(algorithm, baseKey, "deriveKey", bits);
      return makeKey(name, derivedKeyType, secret, extractable, keyUsages);
    }
  }
  Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { __proto__: null, value: "SubtleCrypto", configurable: true });
  return { CryptoKey, SubtleCrypto, subtle: new SubtleCrypto(keys) };
}
