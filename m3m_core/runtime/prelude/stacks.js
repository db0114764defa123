// Stacks that point into the service's own files.
// The engine knows the names of modules. What is evaluated it calls <input>: each such file stands below `above` empty
// lines of its own, more than any module's script has, and more than all files before it.
const files = []; // {name, above}, in the order of evaluation

function placed(site) {
  const line = site.getLineNumber(), name = site.getFileName();
  if (typeof name === "string" && apply(charAt, name, [0]) !== "<") return `${name}:${line}:${site.getColumnNumber()}`;
  let at = files.length - 1;
  while (at >= 0 && line <= files[at].above) at--;
  return at < 0 ? "" : `${files[at].name}:${line - files[at].above}:${site.getColumnNumber()}`;
}

function frame(site) {
  const place = placed(site);
  if (place === "") return "";
  const name = site.getFunctionName();
  return name && name !== "<eval>" && name !== "<anonymous>" ? `    at ${oneLine(name)} (${place})\n` : `    at ${place}\n`;
}

// Every error passes here when it is made. One that is born in a module's script, before any code of the service is
// called from there, comes of what the service gave it.
function formatStack(error, sites) {
  let text = "", birth;
  for (let i = 0; i < sites.length; i++) {
    const shown = frame(sites[i]);
    if (birth === undefined && !sites[i].isNative()) birth = shown;
    text += shown;
  }
  if (birth === "" && isOfArguments(error)) {
    defineProperty(error, "code", { __proto__: null, value: "invalid_arguments", writable: true, configurable: true, enumerable: true });
  }
  return text;
}

// An error passes again, and has its stack by then, when a try with a finally lets it through.
function isOfArguments(error) {
  return (error instanceof NativeTypeError || error instanceof NativeRangeError) && apply(stackOf, error, []) === undefined;
}
NativeError.prepareStackTrace = formatStack; // an accessor of the engine: defineProperty would only hide it

// The error of a full stack is born where nothing more can be called, so the engine leaves its stack null.
const { set: setStack } = Object.getOwnPropertyDescriptor(NativeError.prototype, "stack");
defineProperty(NativeError.prototype, "stack", {
  __proto__: null, get() { const stack = apply(stackOf, this, []); return stack === null ? "" : stack; }, set: setStack,
});

// The engine's own limits have a code too. It is found when it is asked for: at birth there may be no room to set it.
const limits = {
  __proto__: null,
  "Maximum call stack size exceeded": "stack_overflow",
  "out of memory": "out_of_memory",
  "out of memory in regexp execution": "regexp_too_deep",
  "stack overflow": "regexp_too_deep", // while one is read
};
for (const { prototype } of [NativeRangeError, NativeSyntaxError, InternalError]) {
  defineProperty(prototype, "code", {
    __proto__: null, configurable: true, enumerable: false,
    get() { return limits[this.message]; },
    set(value) { defineProperty(this, "code", { __proto__: null, value, writable: true, configurable: true, enumerable: true }); },
  });
}
