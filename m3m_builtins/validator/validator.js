// Questions about values. What is no text is not an email: the answer is false, never an error.
(host, m3m) => {
  "use strict";
  const { parse } = JSON;

  const ask = (name) => (value, option = null) => typeof value === "string" && host[name](value, option);
  const plain = (name) => (value) => typeof value === "string" && host[name](value);
  const form = (name) => (value) => typeof value === "string" && host.form(value, name);
  const test = (pattern) => (value) => typeof value === "string" && pattern.test(value);

  function check(value, schema) {
    if (schema === undefined || schema === null) throw new TypeError("check wants a value and a schema");
    const errors = host.check(value === undefined ? null : value, schema);
    return { valid: errors.length === 0, errors };
  }

  function assert(value, schema) {
    const { errors } = check(value, schema);
    if (errors.length === 0) return value;
    const { path, message } = errors[0];
    throw Object.assign(new Error(path === "" ? message : `${path} ${message}`), { name: "Invalid", code: "validation_failed", errors });
  }

  function isJSON(value) {
    if (typeof value !== "string") return false;
    try { parse(value); return true; } catch { return false; }
  }

  function matches(value, pattern, flags) {
    if (typeof value !== "string") return false;
    const isPattern = pattern instanceof RegExp;
    return host.matches(value, isPattern ? pattern.source : `${pattern}`, flags ?? (isPattern ? pattern.flags : ""));
  }

  const PASSWORD_OPTIONS = ["minLength", "lower", "upper", "digits", "symbols"];

  function isURL(value, options) {
    const { protocols = ["http", "https"] } = m3m.options("validator.isURL", options, ["protocols"]);
    return typeof value === "string" && host.url(value, protocols);
  }

  function isBase64(value, options) {
    const { url = false } = m3m.options("validator.isBase64", options, ["url"]);
    return typeof value === "string" && host.base64(value, url === true);
  }

  function isStrongPassword(value, options) {
    const rule = m3m.options("validator.isStrongPassword", options, PASSWORD_OPTIONS);
    return typeof value === "string" && host.isStrongPassword(value, rule);
  }

  return Object.freeze({
    check, assert, isJSON, matches, isURL, isBase64, isStrongPassword,
    isEmail: plain("email"),
    isHostname: plain("hostname"),
    isIP: ask("ip"),
    isCIDR: ask("cidr"),
    isMAC: plain("mac"),
    isPort: (value) => (typeof value === "number" || typeof value === "string") && host.port(`${value}`),
    isUUID: ask("uuid"),
    isDate: plain("date"),
    isTime: plain("time"),
    isDateTime: plain("dateTime"),
    isPhone: plain("phone"),
    isCreditCard: plain("creditCard"),
    isIBAN: plain("iban"),
    isISBN: plain("isbn"),
    isSlug: form("slug"),
    isHex: form("hex"),
    isHexColor: form("hexColor"),
    isNumeric: form("numeric"),
    isInt: form("int"),
    isJWT: form("jwt"),
    isSemver: form("semver"),
    isObjectId: test(/^[0-9a-f]{24}$/i),
    isAlpha: test(/^[\p{L}\p{M}]+$/u),
    isAlphanumeric: test(/^[\p{L}\p{M}\p{N}]+$/u),
    isASCII: test(/^[\x00-\x7f]*$/),
  });
}
