// Text by characters as a person counts them: accents, flags and joined emoji are one each.
(host, m3m) => {
  "use strict";
  const CHARACTER = /\p{RI}\p{RI}|\P{M}[\p{M}\p{Emoji_Modifier}\uFE0F\u20E3]*(?:\u200D\P{M}[\p{M}\p{Emoji_Modifier}\uFE0F]*)*|\p{M}+/gsu;
  const WORD = /\p{Lu}?\p{Ll}[\p{Ll}\p{M}]*|\p{Lu}+(?!\p{Ll})|\p{N}+|[\p{Lo}\p{M}]+/gu;
  const ENTITIES = { __proto__: null, "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const MOST_PAIRS = 1e7; // a second of work

  const text = (value) => (value === null || value === undefined ? "" : `${value}`);
  const characters = (value) => text(value).match(CHARACTER) ?? [];
  const words = (value) => text(value).match(WORD) ?? [];
  const upperFirst = (word) => characters(word).map((char, i) => (i === 0 ? char.toUpperCase() : char)).join("");

  function whole(name, value) {
    if (!Number.isInteger(value) || value < 0) throw new RangeError(`${name} is a whole number from 0, not ${String(value)}`);
    return value;
  }

  // Of a text that may be much longer, whose characters together could fill the memory.
  function beginning(source, count) {
    const found = [];
    for (const [char] of source.matchAll(CHARACTER)) {
      if (found.push(char) >= count) break;
    }
    return found;
  }

  function slugify(value, options) {
    const { separator = "-", maxLength = 0 } = m3m.options("slugify", options, ["separator", "maxLength"]);
    return host.slugify(text(value).toWellFormed(), `${separator}`, whole("maxLength", maxLength));
  }

  function truncate(value, length, ending = "…") {
    const source = text(value), most = whole("length", length);
    if (source.length <= most) return source;
    const chars = beginning(source, most + 1), end = characters(ending);
    if (chars.length <= most) return source;
    return end.length >= length ? end.slice(0, length).join("") : chars.slice(0, length - end.length).join("") + ending;
  }

  function pad(value, length, fill = " ", side = "left") {
    const missing = whole("length", length) - characters(value).length;
    const pattern = characters(fill);
    if (missing <= 0 || pattern.length === 0) return text(value);
    const filler = (count) => Array.from({ length: count }, (_, i) => pattern[i % pattern.length]).join("");
    if (side === "left") return filler(missing) + text(value);
    if (side === "right") return text(value) + filler(missing);
    if (side === "both") return filler(Math.floor(missing / 2)) + text(value) + filler(Math.ceil(missing / 2));
    throw new RangeError(`side is left, right or both, not ${String(side)}`);
  }

  // How often a part stands in a text, none over another.
  function count(value, part) {
    const sought = text(part);
    return sought === "" ? 0 : text(value).split(sought).length - 1;
  }

  // Lines of at most `width` characters, broken at blanks; a longer word has a line of its own.
  function wrap(value, width = 80) {
    if (whole("width", width) === 0) throw new RangeError("width is a whole number from 1, not 0");
    const folded = (line) => {
      const lines = [];
      let size = Infinity;
      for (const word of line.split(/[ \t]+/)) {
        const length = characters(word).length;
        if (size + 1 + length > width) { lines.push(word); size = length; } else { lines[lines.length - 1] += ` ${word}`; size += 1 + length; }
      }
      return lines.join("\n");
    };
    return text(value).split(/\r?\n/).map(folded).join("\n");
  }

  function camelCase(value) {
    return words(value).map((word, i) => (i === 0 ? word.toLowerCase() : upperFirst(word.toLowerCase()))).join("");
  }

  const escapeHtml = (value) => text(value).replace(/[&<>"']/g, (char) => ENTITIES[char]);

  // The entities that escapeHtml writes, a few everybody writes, and characters by their number.
  const CHARACTERS = { __proto__: null, amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
  const unescapeHtml = (value) => text(value).replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi, (entity, hex, decimal, name) => {
    if (name !== undefined) return CHARACTERS[name] ?? entity;
    const point = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : entity;
  });

  // Tags, comments, and what stands inside script and style, which nobody means as text.
  function stripTags(value) {
    return text(value)
      .replace(/<!--.*?(?:-->|$)/gs, "")
      .replace(/<(script|style)\b.*?(?:<\/\1\s*>|$)/gis, "")
      .replace(/<\/?[a-z!?][^>]*(?:>|$)/gi, "");
  }

  // {{ name }} and {{ user.name }}: own properties only, so {{ constructor }} is as empty as any unknown name.
  function template(source, data = {}, options = undefined) {
    const { escape = false } = m3m.options("template", options, ["escape"]);
    return text(source).replace(/\{\{\s*([\p{L}\p{N}_$.-]+)\s*\}\}/gu, (_, path) => {
      let value = data;
      for (const key of path.split(".")) {
        value = value !== null && value !== undefined && Object.hasOwn(Object(value), key) ? value[key] : undefined;
      }
      return escape ? escapeHtml(shown(value)) : shown(value);
    });
  }

  function shown(value) {
    if (typeof value !== "object" || value === null || value instanceof Date) {
      return value instanceof Date ? value.toISOString() : text(value);
    }
    return JSON.stringify(value);
  }

  // 1 for equal texts, 0 for nothing in common: Levenshtein's distance as a share of the longer text.
  function similarity(first, second) {
    const a = characters(first), b = characters(second);
    if (a.length === 0 && b.length === 0) return 1;
    if (a.length * b.length > MOST_PAIRS) throw new RangeError(`similarity: the lengths of both texts multiply to at most ${MOST_PAIRS}`);
    let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(row[j - 1] + 1, previous[j] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      previous = row;
    }
    return 1 - previous[b.length] / Math.max(a.length, b.length);
  }

  return {
    slugify, truncate, pad, camelCase, escapeHtml, unescapeHtml, stripTags, wrap, count, template, similarity,
    capitalize: upperFirst, characters, words,
    pascalCase: (value) => words(value).map((word) => upperFirst(word.toLowerCase())).join(""),
    titleCase: (value) => text(value).replace(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu, upperFirst),
    transliterate: (value) => host.transliterate(text(value).toWellFormed()),
    snakeCase: (value) => words(value).map((word) => word.toLowerCase()).join("_"),
    kebabCase: (value) => words(value).map((word) => word.toLowerCase()).join("-"),
    length: (value) => characters(value).length,
    reverse: (value) => characters(value).reverse().join(""),
    wordCount: (value) => (text(value).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? []).length,
  };
}
