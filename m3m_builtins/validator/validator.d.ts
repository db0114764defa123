declare namespace M3M {
  interface SchemaError {
    /** Where, as a JSON Pointer: "/items/0/name"; "" is the value itself. */
    path: string
    /** The keyword of the schema: "required", "type", "pattern", "additionalProperties"… */
    code: string
    /** For a person: "must be a whole number". */
    message: string
  }

  interface SchemaReport {
    valid: boolean
    /** At most 100. */
    errors: SchemaError[]
  }

  interface PasswordRule {
    /** 8 without it. */
    minLength?: number
    /** Least number of small letters; 1 without it, as for the others. */
    lower?: number
    upper?: number
    digits?: number
    symbols?: number
  }

  /** What is asked about may be anything: what is not a text is not an email, and never an error. */
  interface Validator {
    /**
     * Checks a value by a JSON Schema, draft 2020-12. Formats are checked, nothing is fetched, patterns have no
     * look-around and no back references. Throws "bad_schema", "bad_pattern", "too_much_work".
     *
     * @example
     * const { valid, errors } = validator.check(ctx.body, {
     *   type: "object",
     *   properties: { email: { type: "string", format: "email" }, age: { type: "integer", minimum: 18 } },
     *   required: ["email"],
     *   additionalProperties: false,
     * })
     * if (!valid) return router.response(422, { errors })
     */
    check(value: unknown, schema: object | boolean): SchemaReport

    /**
     * The value itself when it fits the schema; otherwise an error with `code` "validation_failed" and all `errors`.
     *
     * @example
     * const order = validator.assert(ctx.body, orderSchema)
     */
    assert<T>(value: T, schema: object | boolean): T

    /**
     * Whether a pattern finds something in a text, in a time that grows with the text alone, whoever wrote the pattern.
     *
     * @example
     * if (!validator.matches(ctx.body.code, "^[A-Z]{2}\\d{4}$")) throw router.error(422, "Wrong code.")
     */
    matches(value: unknown, pattern: string | RegExp, flags?: string): boolean

    /**
     * Whether it is an email address as people have them.
     *
     * @example
     * validator.isEmail("ann@example.com")  // true
     */
    isEmail(value: unknown): boolean

    /**
     * Whether it is a whole address with a host, http or https unless other protocols are given.
     *
     * @example
     * validator.isURL("https://example.com/a?b=c")  // true
     * validator.isURL(link, { protocols: ["ftp"] })
     */
    isURL(value: unknown, options?: { protocols?: string[] }): boolean

    /**
     * Whether it can be the name of a host.
     *
     * @example
     * validator.isHostname("api.example.com")  // true
     */
    isHostname(value: unknown): boolean

    /**
     * Whether it is an IP address, of one version if that is given.
     *
     * @example
     * validator.isIP("::1", 6)  // true
     */
    isIP(value: unknown, version?: 4 | 6): boolean

    /**
     * Whether it is an IP address with the length of its prefix.
     *
     * @example
     * validator.isCIDR("10.0.0.0/8")  // true
     */
    isCIDR(value: unknown, version?: 4 | 6): boolean

    /**
     * Whether it is the hardware address of a network card.
     *
     * @example
     * validator.isMAC("00:1a:2b:3c:4d:5e")  // true
     */
    isMAC(value: unknown): boolean

    /**
     * Whether it is the number of a port, 1 to 65535, as number or text.
     *
     * @example
     * validator.isPort(8080)  // true
     */
    isPort(value: unknown): boolean

    /**
     * Whether it is a UUID, of one version if that is given.
     *
     * @example
     * validator.isUUID(ctx.params.id, 4)
     */
    isUUID(value: unknown, version?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8): boolean

    /**
     * Whether it is a day that there is, as YYYY-MM-DD.
     *
     * @example
     * validator.isDate("2026-02-29")  // false
     */
    isDate(value: unknown): boolean

    /**
     * Whether it is a time with its zone, as in RFC 3339.
     *
     * @example
     * validator.isTime("10:30:00+02:00")  // true
     */
    isTime(value: unknown): boolean

    /**
     * Whether it is a day and time with its zone, as in RFC 3339.
     *
     * @example
     * validator.isDateTime("2026-11-22T10:30:00Z")  // true
     */
    isDateTime(value: unknown): boolean

    /**
     * Whether it is JSON text.
     *
     * @example
     * validator.isJSON('{"a": 1}')  // true
     */
    isJSON(value: unknown): boolean

    /**
     * Whether it can be a telephone number: 7 to 15 digits, perhaps with +, blanks, dashes, dots and brackets.
     *
     * @example
     * validator.isPhone("+49 (30) 123-45-67")  // true
     */
    isPhone(value: unknown): boolean

    /**
     * Whether it can be the number of a card, by its check digit.
     *
     * @example
     * validator.isCreditCard("4111 1111 1111 1111")  // true
     */
    isCreditCard(value: unknown): boolean

    /**
     * Whether it is the international number of a bank account, by its check digits.
     *
     * @example
     * validator.isIBAN("GB82 WEST 1234 5698 7654 32")  // true
     */
    isIBAN(value: unknown): boolean

    /**
     * Whether it is the number of a book, of 10 or 13 digits, by its check digit.
     *
     * @example
     * validator.isISBN("978-3-16-148410-0")  // true
     */
    isISBN(value: unknown): boolean

    /**
     * Whether it is base64 (or, with `url`, base64url) and not empty.
     *
     * @example
     * validator.isBase64("Zm9v")  // true
     */
    isBase64(value: unknown, options?: { url?: boolean }): boolean

    /**
     * Whether it has the wanted length and kinds of characters.
     *
     * @example
     * validator.isStrongPassword(password, { minLength: 12 })
     */
    isStrongPassword(value: unknown, options?: PasswordRule): boolean

    /**
     * Whether it is made of small Latin letters, digits, and single dashes between them.
     *
     * @example
     * validator.isSlug("privet-mir")  // true
     */
    isSlug(value: unknown): boolean

    /**
     * Whether it is made of hexadecimal digits.
     *
     * @example
     * validator.isHex("00ff")  // true
     */
    isHex(value: unknown): boolean

    /**
     * Whether it is a colour as CSS writes it with #.
     *
     * @example
     * validator.isHexColor("#ff8800")  // true
     */
    isHexColor(value: unknown): boolean

    /**
     * Whether it is the text of a number.
     *
     * @example
     * validator.isNumeric("-1.5")  // true
     */
    isNumeric(value: unknown): boolean

    /**
     * Whether it is the text of a whole number.
     *
     * @example
     * if (!validator.isInt(ctx.query.page)) throw router.error(400, "page is a whole number.")
     */
    isInt(value: unknown): boolean

    /**
     * Whether it has the form of a JSON Web Token; `crypto.jwtVerify` tells whether it is a good one.
     *
     * @example
     * validator.isJWT(token)
     */
    isJWT(value: unknown): boolean

    /**
     * Whether it is a version by Semantic Versioning 2.0.0.
     *
     * @example
     * validator.isSemver("1.0.0-rc.1")  // true
     */
    isSemver(value: unknown): boolean

    /**
     * Whether it can be the id of a record.
     *
     * @example
     * if (!validator.isObjectId(ctx.params.id)) throw router.error(404, "There is no such order.")
     */
    isObjectId(value: unknown): boolean

    /**
     * Whether it is made of letters, of any language.
     *
     * @example
     * validator.isAlpha("Привет")  // true
     */
    isAlpha(value: unknown): boolean

    /**
     * Whether it is made of letters and digits, of any language.
     *
     * @example
     * validator.isAlphanumeric("Abc123")  // true
     */
    isAlphanumeric(value: unknown): boolean

    /**
     * Whether it is made of the 128 characters of ASCII.
     *
     * @example
     * validator.isASCII("abc")  // true
     */
    isASCII(value: unknown): boolean
  }
}

/** Checks of what others sent: JSON Schema, and questions such as `isEmail`. */
declare const validator: M3M.Validator
declare const $validator: M3M.Validator
