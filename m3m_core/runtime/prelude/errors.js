// Errors in words.
// Texts for people: whole characters only, since Python cannot read half of one, and of bounded length.
const LONGEST_NAME = 200, LONGEST_MESSAGE = 8 * 1024, LONGEST_STACK = 16 * 1024;

function text(value) {
  try { return apply(wellFormed, flat(`${value}`), []); } catch { return "a value that cannot be shown"; }
}

function short(value, limit) {
  const whole = text(value);
  return whole.length <= limit ? whole : `${text(apply(slice, whole, [0, limit]))}… (${whole.length} characters)`;
}

function oneLine(value) { return apply(replaceAll, short(value, LONGEST_NAME), ["\n", " "]); }

function isError(value) {
  return value instanceof NativeError || (typeof value === "object" && value !== null && typeof value.stack === "string");
}

// What may be thrown is anybody's: getters and proxies may throw again.
function describe(error) {
  if (isOutOfMemory(error) && raw.exhausted()) return told("InternalError", "out of memory");
  if (error === null) return told("InternalError", "out of memory, or null was thrown"); // the engine may throw it too
  try {
    return isError(error) ? describeError(error) : told("", `a value that is not an Error was thrown: ${thrown(error)}`);
  } catch { return told("", "a value that cannot be shown was thrown"); }
}

function told(name, message, stack = "") {
  return { __proto__: null, name: short(name, LONGEST_NAME), message: short(message, LONGEST_MESSAGE), stack: short(stack, LONGEST_STACK) };
}

function thrown(value) {
  if (typeof value !== "object") return text(value);
  try { return stringify(value); } catch { return text(value); }
}

function describeError(error) {
  let stack = error.stack ?? "", causes = "";
  let cause = error.cause;
  for (let depth = 0; depth < 5 && isError(cause); depth++, cause = cause.cause) {
    causes += `${oneLine(cause.name)}\n`;
    stack += `  caused by ${short(cause.name, LONGEST_NAME)}: ${short(cause.message, LONGEST_MESSAGE)}\n${text(cause.stack ?? "")}`;
  }
  const shown = told(error.name, error.message, stack);
  shown.causes = causes;
  if (error.code !== undefined) shown.code = short(error.code, LONGEST_NAME);
  return shown;
}

// The engine throws null when even the error object cannot be allocated, and one without words when they cannot.
function isOutOfMemory(error) {
  return error === null || (error instanceof NativeError && error.name === "InternalError" && (error.message === "out of memory" || error.message === ""));
}

function encodeError(error) {
  return flat("e" + stringify(describe(error)));
}
