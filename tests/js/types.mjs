// Asks the TypeScript compiler about declarations and the services that use them.
// node types.mjs DECLARATIONS.d.ts SERVICE.js...  →  {"errors": [...], "members": {...}} on standard output
import ts from "typescript"
import strictness from "../../m3m_ui/src/features/code/monaco/strictness.json" with { type: "json" }

const [declarations, ...services] = process.argv.slice(2)
const options = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"], // no DOM: these are not pages
  types: [],
  allowJs: true,
  checkJs: true,
  noEmit: true,
  ...strictness, // without types of parameters, which plain JavaScript does not name
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force, // each service has a top level of its own
}
const program = ts.createProgram([declarations, ...services], options)
const checker = program.getTypeChecker()

function errors() {
  return ts.getPreEmitDiagnostics(program).map((found) => ({
    file: found.file?.fileName ?? "",
    line: found.file ? found.file.getLineAndCharacterOfPosition(found.start).line + 1 : 0,
    code: found.code,
    message: ts.flattenDiagnosticMessageText(found.messageText, "\n"),
  }))
}

function described(symbol) {
  const tags = symbol.getJsDocTags(checker).map((tag) => tag.name)
  const type = checker.getTypeOfSymbol(symbol)
  return {
    isFunction: type.getCallSignatures().length > 0,
    hasText: symbol.getDocumentationComment(checker).length > 0,
    hasExample: tags.includes("example"),
  }
}

function membersOf(type) {
  const found = {}
  for (const symbol of type.getProperties()) {
    if (!symbol.escapedName.startsWith("__@")) found[symbol.name] = described(symbol)
  }
  return found
}

// Every global by name; a class has the members of its instances and, apart, its own.
function globals() {
  const found = {}
  const visit = (node) => {
    if (ts.isVariableStatement(node)) {
      for (const variable of node.declarationList.declarations) {
        found[variable.name.text] = { kind: "value", members: membersOf(checker.getTypeAtLocation(variable)) }
      }
    } else if (ts.isFunctionDeclaration(node)) {
      found[node.name.text] = { kind: "function", ...described(checker.getSymbolAtLocation(node.name)) }
    } else if (ts.isClassDeclaration(node)) {
      const symbol = checker.getSymbolAtLocation(node.name)
      const statics = membersOf(checker.getTypeOfSymbol(symbol))
      delete statics.prototype
      found[node.name.text] = { kind: "class", members: membersOf(checker.getDeclaredTypeOfSymbol(symbol)), statics }
    } else if (ts.isModuleDeclaration(node)) {
      node.body.statements.filter(ts.isInterfaceDeclaration).forEach((part) => {
        const symbol = checker.getSymbolAtLocation(part.name)
        found[`${node.name.text}.${part.name.text}`] = { kind: "interface", members: membersOf(checker.getDeclaredTypeOfSymbol(symbol)) }
      })
    }
  }
  program.getSourceFile(declarations).forEachChild(visit)
  return found
}

console.log(JSON.stringify({ errors: errors(), globals: globals() }))
