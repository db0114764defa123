// Arguments by name and by default; the work is the host's.
(host, m3m, subtle) => {
  "use strict";
  const { isView } = ArrayBuffer;
  const FLOATS = [Float32Array, Float64Array];
  const MOST_VALUES = 65536; // bytes, as on the web

  const SEALED = ["context", "encoding"];
  const SIGNED = ["algorithm", "expiresIn", "notBefore", "issuer", "audience", "subject", "jwtId", "keyId"];
  const VERIFIED = ["algorithms", "issuer", "audience", "subject", "tolerance", "ignoreExpiration", "require"];

  function getRandomValues(array) {
    if (!isView(array) || array instanceof DataView || FLOATS.some((type) => array instanceof type)) {
      throw new DOMException("getRandomValues wants a typed array of whole numbers", "TypeMismatchError");
    }
    if (array.byteLength > MOST_VALUES) {
      throw new DOMException(`getRandomValues fills at most ${MOST_VALUES} bytes at once`, "QuotaExceededError");
    }
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(host.randomBytes(array.byteLength, "bytes"));
    return array;
  }

  function sealed(name) {
    return (data, key, options) => {
      const { context, encoding = "base64url" } = m3m.options("crypto.encrypt", options, SEALED);
      return host[name](data, key, context, encoding);
    };
  }

  function opened(name) {
    return (data, key, options) => {
      const { context, encoding = "text" } = m3m.options("crypto.decrypt", options, SEALED);
      if (encoding !== "text" && encoding !== "bytes") throw new TypeError("decrypt: the encoding is text or bytes");
      return host[name](data, key, context, encoding);
    };
  }

  // What the …Async functions throw at once becomes a rejected promise too.
  const later = (fn) => async (...given) => fn(...given);

  const crypto = {
    hash: (algorithm, data, encoding) => host.hash(algorithm, data, encoding),
    hmac: (algorithm, key, data, encoding) => host.hmac(algorithm, key, data, encoding),
    randomBytes: (length, encoding) => host.randomBytes(length, encoding),
    randomInt: (min, max) => host.randomInt(min, max),
    uuid: (version) => host.uuid(version),
    timingSafeEqual: (first, second) => host.timingSafeEqual(first, second),
    hashPassword: (password) => host.hashPassword(password),
    hashPasswordAsync: later((password) => host.hashPasswordAsync(password)),
    verifyPassword: (password, hash) => host.verifyPassword(password, hash),
    verifyPasswordAsync: later((password, hash) => host.verifyPasswordAsync(password, hash)),
    encrypt: sealed("encrypt"),
    encryptAsync: later(sealed("encryptAsync")),
    decrypt: opened("decrypt"),
    decryptAsync: later(opened("decryptAsync")),
    jwtSign: (payload, key, options) => host.jwtSign(payload, key, m3m.options("crypto.jwtSign", options, SIGNED)),
    jwtVerify: (token, key, options) => host.jwtVerify(token, key, m3m.options("crypto.jwtVerify", options, VERIFIED)),
    jwtDecode: (token) => host.jwtDecode(token),
    getRandomValues,
    randomUUID: () => host.uuid(4),
    subtle,
  };
  for (const name of ["md5", "sha1", "sha256", "sha384", "sha512"]) {
    crypto[name] = (data, encoding) => host.hash(name, data, encoding);
  }
  return Object.freeze(crypto);
}
