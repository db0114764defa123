declare namespace M3M {
  interface SlugOptions {
    /** Between the words; "-" without it. */
    separator?: string
    /** Most characters; words are not cut. 0 is no limit. */
    maxLength?: number
  }

  interface TemplateOptions {
    /** Escape the values for HTML. */
    escape?: boolean
  }

  interface Utils {
    /**
     * A text for an address: Latin letters, digits and dashes; other scripts are transliterated.
     *
     * @example
     * utils.slugify("Привет мир")  // "privet-mir"
     */
    slugify(text: string, options?: SlugOptions): string

    /**
     * At most `length` characters, the ending included, which is added only when something was cut.
     *
     * @example
     * utils.truncate("A long story", 7)  // "A long…"
     */
    truncate(text: string, length: number, ending?: string): string

    /**
     * The first character as a capital.
     *
     * @example
     * utils.capitalize("éclair")  // "Éclair"
     */
    capitalize(text: string): string

    /**
     * Words joined as in code.
     *
     * @example
     * utils.camelCase("user first name")  // "userFirstName"
     */
    camelCase(text: string): string

    /**
     * Words in lower case, joined with underscores.
     *
     * @example
     * utils.snakeCase("userFirstName")  // "user_first_name"
     */
    snakeCase(text: string): string

    /**
     * Words in lower case, joined with dashes.
     *
     * @example
     * utils.kebabCase("userFirstName")  // "user-first-name"
     */
    kebabCase(text: string): string

    /**
     * How many characters a text has.
     *
     * @example
     * utils.length("👨‍👩‍👧!")  // 2
     */
    length(text: string): number

    /**
     * The characters the other way round.
     *
     * @example
     * utils.reverse("abc")  // "cba"
     */
    reverse(text: string): string

    /**
     * How many words a text has.
     *
     * @example
     * utils.wordCount("It's a fine day")  // 4
     */
    wordCount(text: string): number

    /**
     * Fills a text up to a length, on the left unless another side is given.
     *
     * @example
     * utils.pad(7, 3, "0")  // "007"
     */
    pad(text: string | number, length: number, fill?: string, side?: "left" | "right" | "both"): string

    /**
     * What a pattern finds: the match and its groups, or with the flag "g" all matches. Empty when it finds nothing.
     * Patterns here take a time that grows with the text alone, so they may come from anybody; look-around and back
     * references do not exist, which JavaScript's own RegExp has.
     *
     * @example
     * utils.regexMatch("order 17", "order (\\d+)")  // ["order 17", "17"]
     */
    regexMatch(text: string, pattern: string | RegExp, flags?: string): string[]

    /**
     * Whether a pattern finds something.
     *
     * @example
     * utils.regexTest("order 17", "\\d")  // true
     */
    regexTest(text: string, pattern: string | RegExp, flags?: string): boolean

    /**
     * What stands between the places that a pattern finds.
     *
     * @example
     * utils.regexSplit("a, b;c", "[,;]\\s*")  // ["a", "b", "c"]
     */
    regexSplit(text: string, pattern: string | RegExp, flags?: string): string[]

    /**
     * Replaces everything that a pattern finds; `$1` stands for its first group.
     *
     * @example
     * utils.regexReplace("2026-11-22", "(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1")  // "22.11.2026"
     */
    regexReplace(text: string, pattern: string | RegExp, replacement: string, flags?: string): string

    /**
     * A pattern that finds just this text.
     *
     * @example
     * utils.regexSplit(text, utils.escapeRegex(" (*) "))
     */
    escapeRegex(text: string): string

    /**
     * The characters of a text, as people see them.
     *
     * @example
     * utils.characters("é👍🏽")  // ["é", "👍🏽"]
     */
    characters(text: string): string[]

    /**
     * The words of a text or of a name in code.
     *
     * @example
     * utils.words("userFirstName, HTTP")  // ["user", "First", "Name", "HTTP"]
     */
    words(text: string): string[]

    /**
     * Words joined as in the name of a class.
     *
     * @example
     * utils.pascalCase("user first name")  // "UserFirstName"
     */
    pascalCase(text: string): string

    /**
     * Every word with a capital.
     *
     * @example
     * utils.titleCase("war and peace")  // "War And Peace"
     */
    titleCase(text: string): string

    /**
     * A text in Latin letters.
     *
     * @example
     * utils.transliterate("Привет, мир")  // "Privet, mir"
     */
    transliterate(text: string): string

    /**
     * How often a part stands in a text.
     *
     * @example
     * utils.count("banana", "an")  // 2
     */
    count(text: string, part: string): number

    /**
     * Lines of at most `width` characters (80), broken at blanks.
     *
     * @example
     * utils.wrap("a long story", 7)  // "a long\nstory"
     */
    wrap(text: string, width?: number): string

    /**
     * The text that `escapeHtml` was given; characters by their number too.
     *
     * @example
     * utils.unescapeHtml("&lt;b&gt;")  // "<b>"
     */
    unescapeHtml(html: string): string

    /**
     * A text that HTML shows as it is.
     *
     * @example
     * utils.escapeHtml("<b>")  // "&lt;b&gt;"
     */
    escapeHtml(text: string): string

    /**
     * The text of HTML without its tags. To show what others wrote, use `escapeHtml`.
     *
     * @example
     * utils.stripTags("<p>Hi <b>Ann</b></p>")  // "Hi Ann"
     */
    stripTags(html: string): string

    /**
     * Fills in `{{ name }}` and `{{ user.name }}`; an unknown name is empty.
     *
     * @example
     * utils.template("Hi {{ user.name }}!", { user: { name: "Ann" } })  // "Hi Ann!"
     */
    template(text: string, data?: object, options?: TemplateOptions): string

    /**
     * How alike two texts are, from 0 to 1, by the characters to change (Levenshtein). For
     * texts of a few thousand characters: their lengths multiply to at most 10,000,000.
     *
     * @example
     * utils.similarity("kitten", "sitting")  // 0.57…
     */
    similarity(first: string, second: string): number
  }
}
