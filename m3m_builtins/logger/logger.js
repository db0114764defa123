// `logger` and `console`: both end in m3m.log(level, text), one call one entry of the run's log.
(m3m, inspect) => {
  "use strict";
  const LIMIT = 16 * 1024;
  const { freeze, keys, hasOwn } = Object;
  const { isArray } = Array;
  const apply = Reflect.apply;
  const clock = performance.now.bind(performance);
  const NativeError = Error, NativeMap = Map;
  const { get, set, delete: remove, has } = NativeMap.prototype;
  const { replace, substring, repeat, padEnd, toWellFormed } = String.prototype;

  // Terminal sequences, NUL and odd line ends would corrupt the log file or the terminal of whoever reads it.
  const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;
  const code = (char) => "\\u" + `000${char.charCodeAt(0).toString(16)}`.slice(-4);
  const SPECIFIER = /%[sdifoOjc%]/g;

  let groups = 0;

  function write(level, text) {
    let line = text.length > LIMIT ? `${apply(substring, text, [0, LIMIT])}… [cut at ${LIMIT / 1024} KB]` : text;
    line = apply(replace, line, [/\r\n?/g, "\n"]);
    line = apply(replace, line, [CONTROL, code]);
    if (groups > 0) line = apply(replace, line, [/^/gm, apply(repeat, "  ", [groups])]);
    m3m.log(level, apply(toWellFormed, line, []));
  }

  function show(value) {
    return typeof value === "string" ? value : inspect(value, LIMIT);
  }

  function join(values) {
    let text = "";
    for (let i = 0; i < values.length && text.length <= LIMIT; i++) text += (i > 0 ? " " : "") + show(values[i]);
    return text;
  }

  // As on the web, a first text of `console` may hold places for the values after it: console.log("%s: %d", name, n).
  function format(all) {
    const [first, ...values] = all;
    if (typeof first !== "string" || values.length === 0) return join(all);
    let next = 0;
    const text = apply(replace, first, [SPECIFIER, (found) => {
      if (found === "%%") return "%";
      return next < values.length ? specified(found, values[next++]) : found;
    }]);
    return join([text, ...values.slice(next)]);
  }

  function specified(found, value) {
    switch (found) {
      case "%s": return show(value);
      case "%d": return typeof value === "object" || typeof value === "symbol" ? "NaN" : `${Number(value)}`;
      case "%i": return typeof value === "object" || typeof value === "symbol" ? "NaN" : `${Math.trunc(Number(value))}`;
      case "%f": return typeof value === "symbol" ? "NaN" : `${parseFloat(value)}`;
      case "%c": return "";
      default: return inspect(value, LIMIT);
    }
  }

  const line = (level) => (...values) => { write(level, join(values)); };
  const formatted = (level) => (...values) => { write(level, format(values)); };

  // ---- console only ----
  const counts = new NativeMap(), timers = new NativeMap();
  const info = formatted("info");

  function assert(condition, ...values) {
    if (condition) return;
    write("error", values.length ? `Assertion failed: ${format(values)}` : "Assertion failed");
  }

  function trace(...values) {
    const { stack } = new NativeError();
    write("debug", apply(replace, `Trace: ${format(values)}\n${stack}`, [/\n$/, ""]));
  }

  function count(label = "default") {
    const total = (apply(get, counts, [`${label}`]) ?? 0) + 1;
    apply(set, counts, [`${label}`, total]);
    write("info", `${label}: ${total}`);
  }

  function countReset(label = "default") { apply(remove, counts, [`${label}`]); }

  function time(label = "default") {
    if (apply(has, timers, [`${label}`])) return write("warn", `Timer '${label}' already exists`);
    apply(set, timers, [`${label}`, clock()]);
  }

  function timeLog(label = "default", ...values) {
    const started = apply(get, timers, [`${label}`]);
    if (started === undefined) return write("warn", `Timer '${label}' does not exist`);
    const elapsed = `${label}: ${(clock() - started).toFixed(3)} ms`;
    write("info", values.length ? `${elapsed} ${format(values)}` : elapsed);
  }

  function timeEnd(label = "default") {
    timeLog(label);
    apply(remove, timers, [`${label}`]);
  }

  function group(...values) {
    if (values.length) info(...values);
    groups++;
  }

  function groupEnd() { if (groups > 0) groups--; }

  // Rows of an array or object as aligned columns; anything else is logged as it is.
  function table(data, columns) {
    if (typeof data !== "object" || data === null) return dir(data);
    const names = isArray(columns) ? columns : columnsOf(data);
    const rows = [["(index)", ...names]];
    for (const key of keys(data)) rows[rows.length] = [key, ...cells(data[key], names)];
    write("info", aligned(rows));
  }

  function columnsOf(data) {
    const names = [];
    let plain = false;
    for (const key of keys(data)) {
      const row = data[key];
      if (typeof row !== "object" || row === null) { plain = true; continue; }
      for (const name of keys(row)) if (!names.includes(name)) names[names.length] = name;
    }
    return plain ? [...names, "Values"] : names;
  }

  function cells(row, names) {
    if (typeof row !== "object" || row === null) return names.map((name) => (name === "Values" ? inspect(row, LIMIT) : ""));
    return names.map((name) => (hasOwn(row, name) ? inspect(row[name], LIMIT) : ""));
  }

  function aligned(rows) {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    const lines = rows.map((row) => row.map((cell, column) => apply(padEnd, cell, [widths[column]])).join(" | ").trimEnd());
    return [lines[0], widths.map((width) => "-".repeat(width)).join("-|-"), ...lines.slice(1)].join("\n");
  }

  const logger = freeze({ debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") });
  const dir = (value) => { write("info", show(value)); };
  const console = {
    log: info, debug: formatted("debug"), info, warn: formatted("warn"), error: formatted("error"), trace, dir, table, assert, count, countReset, time, timeLog, timeEnd,
    group, groupCollapsed: group, groupEnd,
  };
  return { logger, $logger: logger, console };
}
