// The service's own files: the main one is a script, or a module when its grammar says so; others come in by import or
// by require.
const required = new NativeMap(); // CommonJS and JSON files by name, from the moment they begin
const importFile = indirectEval("(name) => import(name)");
const mainTakers = [];

function evaluateAt(name, above, source) {
  files[files.length] = { __proto__: null, name, above };
  return indirectEval(source);
}

// Returns an envelope, or "" when it comes later.
function evaluate(name, above, source, callId) {
  try {
    evaluateAt(name, above, source);
    return "u";
  } catch (error) {
    if (!(error instanceof NativeSyntaxError) || isScript(source)) return encodeError(error);
    raw.admitMain();
    apply(then, importFile(`./${name}`), [
      (module) => raw.settled(callId, take(module)),
      (other) => raw.settled(callId, encodeError(isOf(name, other) && !isFurther(other, error) ? error : other)),
    ]);
    return "";
  }
}

// A SyntaxError may also be thrown by a script that runs, for instance by JSON.parse.
function isScript(source) {
  try { new NativeFunction(source); return true; } catch { return false; }
}

// Neither a script nor a module: the reading that came further has the better complaint.
function isOf(name, error) {
  return error instanceof NativeSyntaxError && !raw.isModule(name) && error.stack.startsWith(`    at ${name}:`);
}

function isFurther(error, than) { return reached(error) > reached(than); }

function reached(error) {
  const [, line, column] = /:(\d+):(\d+)\)?\n/.exec(error.stack) ?? [0, 0, 0];
  return line * 1e6 + +column;
}

function take(module) {
  try {
    if (module.default !== undefined) for (let i = 0; i < mainTakers.length; i++) mainTakers[i](module.default);
    return "u";
  } catch (error) { return encodeError(error); }
}

// ---- require ----
function requireIn(base) {
  return function require(name) { return load(decode(raw.resolve(base, text(name)))).exports; };
}

function load(name) {
  const known = apply(mapGet, required, [name]);
  if (known !== undefined) return known;
  const module = { exports: {}, id: name, filename: name, loaded: false };
  apply(mapSet, required, [name, module]);
  try {
    fill(module, name);
    module.loaded = true;
    return module;
  } catch (error) {
    apply(mapDelete, required, [name]);
    throw error;
  }
}

function fill(module, name) {
  const { above, folder, source } = parse(raw.file(name));
  if (above < 0) {
    module.exports = json(name, source);
    return;
  }
  const require = requireIn(name);
  apply(compiled(name, above, source), module.exports, [module.exports, require, module, name, folder, module.exports, require]);
}

function json(name, source) {
  try { return parse(source); } catch ({ message }) {
    const error = new NativeSyntaxError(`${name} is not JSON: ${message}`);
    const [, line, column] = apply(match, message, [/line (\d+) column (\d+)/]) ?? [0, 1, 1];
    error.stack = `    at ${name}:${line}:${column}\n${error.stack}`;
    throw error;
  }
}

function compiled(name, above, source) {
  try { return evaluateAt(name, above, source); } catch (error) {
    if (error instanceof NativeSyntaxError) error.message += `; a file with import or export is loaded with import, not with require`;
    throw error;
  }
}

// ---- for the engine's module loader ----
// With `meta`: gives it the exports of a file that is no module. Without: the names of these exports.
function requireFor(name, meta) {
  const { exports } = load(name);
  if (meta === undefined) return stringify(isNamed(exports) ? ownKeys(exports) : []);
  meta.exports = exports;
}

function isNamed(value) { return typeof value === "function" || (typeof value === "object" && value !== null && !isArray(value)); }

function refuse(message, stack) {
  const error = new NativeError(message);
  error.code = "module_not_found";
  if (stack) error.stack = stack;
  throw error;
}
