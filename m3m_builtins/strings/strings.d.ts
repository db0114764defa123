/** The functions of `utils` under the name where people look for text. */
declare const strings: M3M.Utils
declare const $strings: M3M.Utils
