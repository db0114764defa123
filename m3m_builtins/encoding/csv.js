// CSV as RFC 4180 has it: read strictly, with the place of what is wrong; written with quotes where they are needed.
(_host, _faults, m3m) => {
  "use strict";
  const READ = ["delimiter", "quote", "header", "trim"];
  const WRITTEN = ["delimiter", "quote", "header", "quotes", "newline", "escapeFormulas"];
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/; // what a spreadsheet would compute

  function wrong(message, text, position) {
    const before = text.slice(0, position).split(/\r\n|\n|\r/);
    const line = before.length, column = [...before[line - 1]].length + 1;
    return Object.assign(new SyntaxError(`${message} (line ${line}, column ${column})`), { code: "syntax", position, line, column });
  }

  function single(name, value) {
    if (typeof value !== "string" || value.length !== 1 || /[\r\n]/.test(value)) throw new TypeError(`${name} is one character`);
    return value;
  }

  function dialect({ delimiter = ",", quote = '"' }) {
    if (single("delimiter", delimiter) === single("quote", quote)) throw new TypeError("delimiter and quote are two different characters");
    return { delimiter, quote };
  }

  // One field from `at`: its value and where it ends.
  function field(text, at, { delimiter, quote }, ends) {
    if (text[at] !== quote) {
      ends.lastIndex = at;
      const end = ends.exec(text)?.index ?? text.length;
      const value = text.slice(at, end), stray = value.indexOf(quote);
      if (stray >= 0) throw wrong(`a ${quote} within a field that does not begin with one`, text, at + stray);
      return [value, end];
    }
    const pieces = [];
    for (let from = at + 1; ;) {
      const found = text.indexOf(quote, from);
      if (found < 0) throw wrong(`a ${quote} is never closed`, text, at);
      pieces.push(text.slice(from, found));
      if (text[found + 1] !== quote) {
        const next = text[found + 1];
        if (next !== undefined && next !== delimiter && next !== "\n" && next !== "\r") {
          throw wrong(`something stands between the closing ${quote} and the end of the field`, text, found + 1);
        }
        return [pieces.join(quote), found + 1];
      }
      from = found + 2;
    }
  }

  // Rows of texts, each with the place where it begins; empty lines are left out.
  function* rowsOf(text, form) {
    const special = form.delimiter.replace(/[\\\]^-]/, "\\$&");
    const ends = new RegExp(`[${special}\\r\\n]`, "g");
    for (let at = 0; at < text.length;) {
      const start = at, row = [];
      for (;;) {
        const [value, end] = field(text, at, form, ends);
        row.push(value);
        at = end + 1;
        if (text[end] !== form.delimiter) {
          if (text[end] === "\r" && text[at] === "\n") at++;
          break;
        }
      }
      if (row.length > 1 || row[0] !== "" || text[start] === form.quote) yield { start, row };
    }
  }

  function csvParse(text, given) {
    if (typeof text !== "string") throw new TypeError("csvParse wants a text; a file is read with storage.read");
    const options = m3m.options("encoding.csvParse", given, READ);
    const { header = true, trim = false } = options;
    const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    const clean = trim ? (row) => row.map((value) => value.trim()) : (row) => row;
    let names = Array.isArray(header) ? header.map(String) : null;
    const found = [];
    for (const { start, row } of rowsOf(source, dialect(options))) {
      if (header === false) found.push(clean(row));
      else if (names === null) names = unique(clean(row), source, start);
      else found.push(record(names, clean(row), source, start));
    }
    return found;
  }

  function unique(names, text, start) {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw wrong(`the column "${twice}" stands in the header twice`, text, start);
    return names;
  }

  function record(names, row, text, start) {
    if (row.length !== names.length) throw wrong(`a row has ${row.length} fields, the header ${names.length}`, text, start);
    return Object.fromEntries(names.map((name, i) => [name, row[i]]));
  }

  function shown(value) {
    if (value === null || value === undefined) return "";
    if (value instanceof Date) return value.toISOString();
    return typeof value === "object" ? JSON.stringify(value) : `${value}`;
  }

  function writer({ quotes = "needed", escapeFormulas = false, ...rest }) {
    const { delimiter, quote } = dialect(rest);
    if (quotes !== "needed" && quotes !== "all") throw new TypeError('quotes is "needed" or "all"');
    return (value) => {
      let text = shown(value);
      if (escapeFormulas && typeof value !== "number" && FORMULA.test(text)) text = `'${text}`;
      const needed = text.includes(delimiter) || text.includes(quote) || /[\r\n]|^\s|\s$/.test(text);
      return needed || quotes === "all" ? quote + text.replaceAll(quote, quote + quote) + quote : text;
    };
  }

  function csvStringify(rows, given) {
    if (!Array.isArray(rows)) throw new TypeError("csvStringify wants a list of objects or of lists");
    const options = m3m.options("encoding.csvStringify", given, WRITTEN);
    const { header = true, newline = "\r\n", delimiter = "," } = options;
    const write = writer(options);
    const names = Array.isArray(header) ? header.map(String) : columns(rows);
    const lines = rows.map((row) => (Array.isArray(row) ? row : names.map((name) => row?.[name])));
    if (names.length && header !== false) lines.unshift(names);
    const line = (row) => (row.length === 1 && shown(row[0]) === "" ? '""' : row.map(write).join(delimiter));
    return lines.map((row) => line(row) + newline).join("");
  }

  // All keys of all objects, in the order of their first appearance.
  function columns(rows) {
    const names = new Set();
    for (const row of rows) if (!Array.isArray(row)) for (const name of Object.keys(Object(row))) names.add(name);
    return [...names];
  }

  return { csvParse, csvStringify };
}
