// A canvas that writes down what is to be drawn; the host draws all of it when the picture is wanted.
(host, m3m) => {
  "use strict";
  const { stringify } = JSON;
  const { isArray } = Array;
  const { defineProperty, freeze, keys } = Object;
  const MOST_COMMANDS = 100000, MOST_SAVED = 512, FARTHEST = 1000000, MOST_STOPS = 256, MOST_DASHES = 64;

  function refused(kind, code, message) {
    const error = new kind(message);
    error.code = code;
    return error;
  }

  // Numbers as on the web: what is not finite makes a command do nothing. Undefined is returned then.
  function numbers(name, given, count) {
    if (given.length < count) throw refused(TypeError, "invalid_arguments", `${name} wants ${count} numbers, not ${given.length}`);
    const made = [];
    for (let at = 0; at < count; at++) {
      const value = +given[at];
      if (value - value !== 0) return undefined;
      if (value > FARTHEST || value < -FARTHEST) {
        throw refused(RangeError, "out_of_range", `${name}: ${value} is farther than ${FARTHEST}`);
      }
      made[at] = value;
    }
    return made;
  }

  function radius(name, value) {
    if (value < 0) throw refused(RangeError, "out_of_range", `${name}: a radius is not negative`);
  }

  class Gradient {
    #told;
    constructor(kind, at) { this.#told = { kind, at, stops: [] }; }
    addColorStop(offset, color) {
      const place = +offset;
      if (!(place >= 0 && place <= 1)) throw refused(RangeError, "out_of_range", "addColorStop: the offset is a number from 0 to 1");
      if (this.#told.stops.length >= MOST_STOPS) throw refused(RangeError, "too_many_stops", `a gradient has at most ${MOST_STOPS} colours`);
      this.#told.stops.push([place, `${color}`]);
    }
    static told(gradient) { return #told in gradient ? gradient.#told : undefined; }
  }
  const gradientOf = Gradient.told;
  delete Gradient.told;

  class Picture {
    #data;
    constructor({ width, height, data }) {
      this.#data = data;
      defineProperty(this, "width", { __proto__: null, value: width, enumerable: true });
      defineProperty(this, "height", { __proto__: null, value: height, enumerable: true });
    }
    static data(picture) { return #data in picture ? picture.#data : undefined; }
  }
  const dataOf = Picture.data;
  delete Picture.data;

  // name: [value at first, the value to keep from the one that is given, undefined for none]
  const number = (least) => (value) => (+value >= least && +value <= FARTHEST ? +value : undefined);
  const text = (value) => `${value}`;
  const PROPERTIES = {
    fillStyle: ["#000000", text], strokeStyle: ["#000000", text],
    lineWidth: [1, (value) => (+value > 0 ? number(0)(value) : undefined)], miterLimit: [10, (value) => (+value > 0 ? number(0)(value) : undefined)],
    lineCap: ["butt", text], lineJoin: ["miter", text], lineDashOffset: [0, number(-FARTHEST)],
    globalAlpha: [1, (value) => (+value >= 0 && +value <= 1 ? +value : undefined)], globalCompositeOperation: ["source-over", text],
    font: ["10px sans-serif", text], textAlign: ["start", text], textBaseline: ["alphabetic", text], direction: ["ltr", text],
  };
  // Commands of numbers alone, with how many they take.
  const SIMPLE = {
    translate: 2, scale: 2, rotate: 1, transform: 6, moveTo: 2, lineTo: 2, quadraticCurveTo: 4, bezierCurveTo: 6, rect: 4,
    fillRect: 4, strokeRect: 4, clearRect: 4,
  };
  const OF_PATHS = new Set(["save", "restore", "translate", "scale", "rotate", "transform", "setTransform", "beginPath", "closePath",
    "moveTo", "lineTo", "quadraticCurveTo", "bezierCurveTo", "arc", "arcTo", "ellipse", "rect", "roundRect"]);

  class Canvas {
    #commands = [];
    #gradients = new Map();
    #pictures = new Map();
    #saved = [];
    #state = {};
    #shot = { count: -1 };

    constructor(width, height) {
      defineProperty(this, "width", { __proto__: null, value: width, enumerable: true });
      defineProperty(this, "height", { __proto__: null, value: height, enumerable: true });
      for (const name of keys(PROPERTIES)) this.#state[name] = PROPERTIES[name][0];
      this.#state.lineDash = [];
    }

    static {
      const define = (name, value) => defineProperty(this.prototype, name, { __proto__: null, value, writable: true, configurable: true });
      for (const name of keys(PROPERTIES)) {
        defineProperty(this.prototype, name, {
          __proto__: null, configurable: true,
          get() { return this.#state[name]; },
          set(value) { this.#set(name, value); },
        });
      }
      for (const name of keys(SIMPLE)) define(name, function (...given) { this.#numbers(name, given, SIMPLE[name]); });
    }

    #add(command) {
      if (this.#commands.length >= MOST_COMMANDS) {
        throw refused(RangeError, "too_many_commands", `a canvas takes at most ${MOST_COMMANDS} commands`);
      }
      this.#commands.push(command);
    }

    #numbers(name, given, count, ...more) {
      const made = numbers(name, given, count);
      if (made) this.#add([name, ...made, ...more]);
    }

    #set(name, value) {
      const told = typeof value === "object" && value !== null ? gradientOf(value) : undefined;
      const paint = told !== undefined && (name === "fillStyle" || name === "strokeStyle");
      const kept = paint ? value : PROPERTIES[name][1](value);
      if (kept === undefined || kept === this.#state[name]) return;
      this.#state[name] = kept;
      this.#add(["set", name, paint ? this.#number(this.#gradients, value) : kept]);
    }

    #number(known, item) {
      if (!known.has(item)) known.set(item, known.size);
      return known.get(item);
    }

    #sheet(commands = this.#commands) {
      return {
        width: this.width, height: this.height, commands: stringify(commands).toWellFormed(),
        gradients: [...this.#gradients.keys()].map(gradientOf), pictures: [...this.#pictures.keys()].map(dataOf),
      };
    }

    #style() {
      const { font, direction, textAlign, textBaseline } = this.#state;
      return { font, direction, textAlign, textBaseline };
    }

    getContext(kind = "2d") { return kind === "2d" ? this : null; }
    get canvas() { return this; }

    // On the web a canvas has no file to be saved to, and `save` of its context takes nothing: so one name can mean both.
    save(path, options) {
      if (path !== undefined) return host.save(this.#sheet(), path, ...savedAs(options));
      if (this.#saved.length >= MOST_SAVED) throw refused(RangeError, "too_deep", `save can be called ${MOST_SAVED} times before a restore`);
      this.#saved.push({ ...this.#state });
      this.#add(["save"]);
    }
    restore() {
      if (!this.#saved.length) return;
      this.#state = this.#saved.pop();
      this.#add(["restore"]);
    }
    setTransform(...given) { this.#numbers("setTransform", given, 6); }
    resetTransform() { this.#add(["setTransform", 1, 0, 0, 1, 0, 0]); }
    setLineDash(dashes) {
      if (!isArray(dashes) || dashes.length > MOST_DASHES) {
        throw refused(TypeError, "invalid_arguments", `setLineDash wants an array of at most ${MOST_DASHES} lengths`);
      }
      const made = numbers("setLineDash", dashes, dashes.length);
      if (!made || made.some((length) => length < 0)) return;
      this.#state.lineDash = made.length % 2 ? [...made, ...made] : made;
      this.#add(["set", "lineDash", this.#state.lineDash]);
    }
    getLineDash() { return [...this.#state.lineDash]; }

    beginPath() { this.#add(["beginPath"]); }
    closePath() { this.#add(["closePath"]); }
    arc(x, y, r, start, end, back = false) { radius("arc", r); this.#numbers("arc", [x, y, r, start, end], 5, !!back); }
    arcTo(x1, y1, x2, y2, r) { radius("arcTo", r); this.#numbers("arcTo", [x1, y1, x2, y2, r], 5); }
    ellipse(x, y, rx, ry, rotation, start, end, back = false) {
      radius("ellipse", rx); radius("ellipse", ry);
      this.#numbers("ellipse", [x, y, rx, ry, rotation, start, end], 7, !!back);
    }
    roundRect(x, y, width, height, radii = 0) {
      const list = isArray(radii) ? radii : [radii];
      if (list.length < 1 || list.length > 4) throw refused(RangeError, "out_of_range", "roundRect: one to four radii");
      for (const one of list) radius("roundRect", one);
      const made = numbers("roundRect", list, list.length);
      if (made) this.#numbers("roundRect", [x, y, width, height], 4, made);
    }
    isPointInPath(x, y, rule = "nonzero") {
      const point = numbers("isPointInPath", [x, y], 2);
      if (!point) return false;
      return host.isInPath(this.#sheet(this.#commands.filter((command) => OF_PATHS.has(command[0]))), ...point, rule);
    }

    fill(rule = "nonzero") { this.#add(["fill", `${rule}`]); }
    stroke() { this.#add(["stroke"]); }
    clip(rule = "nonzero") { this.#add(["clip", `${rule}`]); }
    fillText(text, x, y, widest) { this.#text("fillText", text, x, y, widest); }
    strokeText(text, x, y, widest) { this.#text("strokeText", text, x, y, widest); }
    #text(name, text, x, y, widest) {
      const made = numbers(name, widest === undefined ? [x, y] : [x, y, widest], widest === undefined ? 2 : 3);
      if (made) this.#add([name, `${text}`, ...made]);
    }
    measureText(text) { return host.measure(`${text}`, this.#style()); }

    createLinearGradient(...given) { return new Gradient("linear", gradientNumbers("createLinearGradient", given, 4)); }
    createRadialGradient(...given) {
      radius("createRadialGradient", given[2]); radius("createRadialGradient", given[5]);
      return new Gradient("radial", gradientNumbers("createRadialGradient", given, 6));
    }

    drawImage(picture, ...given) {
      const shown = Canvas.#isCanvas(picture) ? picture.#snapshot() : picture;
      if (typeof shown !== "object" || shown === null || dataOf(shown) === undefined) {
        throw refused(TypeError, "invalid_arguments", "drawImage: the picture must come from draw.loadImage or be a canvas");
      }
      const { width, height } = shown;
      const count = given.length >= 8 ? 8 : given.length >= 4 ? 4 : 2;
      const made = numbers("drawImage", given, count);
      if (!made) return;
      const source = count === 8 ? made.slice(0, 4) : [0, 0, width, height];
      const target = count === 8 ? made.slice(4) : count === 4 ? made : [...made, width, height];
      this.#add(["drawImage", this.#number(this.#pictures, shown), source, target]);
    }
    static #isCanvas(value) { return typeof value === "object" && value !== null && #commands in value; }
    #snapshot() {
      if (this.#shot.count !== this.#commands.length) {
        const data = host.toBytes(this.#sheet(), "png", null);
        this.#shot = { count: this.#commands.length, picture: new Picture({ width: this.width, height: this.height, data }) };
      }
      return this.#shot.picture;
    }

    toBytes(format = "png", options = undefined) { return host.toBytes(this.#sheet(), format, quality("toBytes", options)); }
    async toBytesAsync(format = "png", options = undefined) { return host.toBytesAsync(this.#sheet(), format, quality("toBytesAsync", options)); }
    async saveAsync(path, options) { return host.saveAsync(this.#sheet(), path, ...savedAs(options)); }
  }

  const quality = (label, options) => m3m.options(label, options, ["quality"]).quality ?? null;

  function savedAs(options) {
    const given = m3m.options("save", options, ["format", "quality"]);
    return [given.format ?? null, given.quality ?? null];
  }

  function gradientNumbers(name, given, count) {
    const made = numbers(name, given, count);
    if (!made) throw refused(TypeError, "invalid_arguments", `${name} wants finite numbers`);
    return made;
  }

  return freeze({
    createCanvas(width, height) { host.check(width, height); return new Canvas(width, height); },
    loadImage(source) { return new Picture(host.loadImage(source)); },
    async loadImageAsync(source) { return new Picture(await host.loadImageAsync(source)); },
    loadFont(source, family) { return host.loadFont(source, family ?? null); },
    async loadFontAsync(source, family) { return host.loadFontAsync(source, family ?? null); },
  });
}
