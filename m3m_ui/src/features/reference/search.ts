import type { Module, ModuleFunction } from './api'

export interface Shown {
  module: Module
  functions: ModuleFunction[]
}

/** The module in the address, or with a search every module that has something of it. */
export function shown(modules: readonly Module[], name: string | undefined, search: string): Shown[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) {
    const one = modules.find((module) => module.name === name) ?? modules[0]
    return one ? [{ module: one, functions: functionsOf(one, modules) }] : []
  }
  return modules
    .map((module) => ({ module, functions: module.functions.filter((each) => words.every((word) => textOf(module, each).includes(word))) }))
    .filter(({ functions }) => functions.length > 0)
}

/** A module that is another one under a second name shows the other's functions. */
function functionsOf(module: Module, modules: readonly Module[]): ModuleFunction[] {
  const source = module.same_as ? modules.find((each) => each.name === module.same_as) : undefined
  return (source ?? module).functions
}

function textOf(module: Module, each: ModuleFunction): string {
  return `${module.name}.${each.name} ${module.aliases.join(' ')} ${each.signature} ${each.text}`.toLowerCase()
}
