// FormData, and the forms that bodies hold.
(host, blobs) => {
  "use strict";
  const { Blob, File, bytesOf, joined } = blobs;
  let pairsOf;

  function entry(name, value, filename) {
    const key = `${name}`.toWellFormed();
    if (!(value instanceof Blob)) return [key, `${value}`.toWellFormed()];
    if (value instanceof File && filename === undefined) return [key, value];
    return [key, new File([value], filename ?? "blob", { type: value.type })];
  }

  class FormData {
    #pairs = [];

    static { pairsOf = (form) => form.#pairs; }

    constructor(form) {
      if (form !== undefined) throw new TypeError("FormData starts empty: new FormData(), then append(name, value)");
    }

    append(name, value, filename) { this.#pairs.push(entry(name, value, filename)); }
    delete(name) { this.#pairs = this.#pairs.filter(([known]) => known !== `${name}`); }
    get(name) { return this.#pairs.find(([known]) => known === `${name}`)?.[1] ?? null; }
    getAll(name) { return this.#pairs.filter(([known]) => known === `${name}`).map(([, value]) => value); }
    has(name) { return this.#pairs.some(([known]) => known === `${name}`); }

    set(name, value, filename) {
      const made = entry(name, value, filename);
      const at = this.#pairs.findIndex(([known]) => known === made[0]);
      if (at < 0) this.#pairs.push(made);
      else this.#pairs = this.#pairs.filter((pair, i) => i <= at || pair[0] !== made[0]).with(at, made);
    }

    forEach(fn, self) { for (const [name, value] of this) fn.call(self, value, name, this); }
    *entries() { for (let i = 0; i < this.#pairs.length; i++) yield [...this.#pairs[i]]; }
    *keys() { for (const [name] of this) yield name; }
    *values() { for (const [, value] of this) yield value; }
    [Symbol.iterator]() { return this.entries(); }
  }
  Object.defineProperty(FormData.prototype, Symbol.toStringTag, { __proto__: null, value: "FormData", configurable: true });

  // As browsers write it: what would end the quotes or the line is percent-encoded, line ends are CR LF.
  const escaped = (name) => name.replace(/\r\n|\r|\n/g, "%0D%0A").replaceAll('"', "%22");
  const lines = (text) => text.replace(/\r\n|\r|\n/g, "\r\n");

  function encode(form) {
    const boundary = `----m3m${host.boundary()}`;
    const parts = [];
    for (const [name, value] of pairsOf(form)) {
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"`;
      if (typeof value === "string") parts.push(`${head}\r\n\r\n${lines(value)}\r\n`);
      else {
        const type = value.type || "application/octet-stream";
        parts.push(`${head}; filename="${escaped(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, bytesOf(value), "\r\n");
      }
    }
    parts.push(`--${boundary}--\r\n`);
    return [joined(parts), `multipart/form-data; boundary=${boundary}`];
  }

  function decode(bytes, type) {
    const told = host.parseForm(bytes, type);
    if (told.error !== undefined) throw new TypeError(told.error);
    const form = new FormData();
    for (const { name, text, file, type: kind, bytes: data } of told.fields) {
      form.append(name, text ?? new File([data], file, { type: kind }));
    }
    return form;
  }

  return { FormData, encode, decode };
}
