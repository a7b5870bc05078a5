import type { Expression, Node } from '../syntax/nodes.ts'
import { eachChild } from '../syntax/walk.ts'

/** Where the value of a variable comes from when its frame is entered. */
export type Load =
  | { readonly from: 'parameter' }
  | { readonly from: 'context'; readonly name: string }
  | { readonly from: 'alias'; readonly target: string }
  | { readonly from: 'nothing' }

/** Which JavaScript variable stands for which name in one frame, and how it gets its first value. */
export class Symbols {
  readonly level: number
  readonly parent: Symbols | null
  readonly refs = new Map<string, string>()
  readonly loads = new Map<string, Load>()
  readonly stores = new Set<string>()
  // A branch of an `if` notes only what it adds to the symbols that it started with.
  readonly #base: Symbols | null
  #hasLoop = false

  constructor(
    parent: Symbols | null = null,
    level: number = parent === null ? 0 : parent.level + 1,
    base: Symbols | null = null,
  ) {
    this.level = level
    this.parent = parent
    this.#base = base
  }

  #define(name: string, load: Load): string {
    const target = `l_${this.level}_${name}`
    this.refs.set(name, target)
    this.loads.set(target, load)
    return target
  }

  /** How a variable gets its first value, in this frame or one around it. */
  findLoad(target: string): Load | null {
    return this.loads.get(target) ?? (this.#base ?? this.parent)?.findLoad(target) ?? null
  }

  /** Whether a variable has its first value from the context, by whatever frames around this one. */
  isFromContext(target: string): boolean {
    const load = this.findLoad(target)
    return load?.from === 'context' || (load?.from === 'alias' && this.isFromContext(load.target))
  }

  /** The variable of a name, if this frame or one around it knows the name. */
  findRef(name: string): string | null {
    return this.refs.get(name) ?? (this.#base ?? this.parent)?.findRef(name) ?? null
  }

  #has(name: string): boolean {
    return this.refs.has(name) || (this.#base === null ? false : this.#base.#has(name))
  }

  #stored(name: string): boolean {
    return this.stores.has(name) || (this.#base === null ? false : this.#base.#stored(name))
  }

  /** The variable of a name that has been analysed. */
  ref(name: string): string {
    const found = this.findRef(name)
    if (found === null) throw new Error(`the name ${name} was not found by the analysis of its frame`)
    return found
  }

  /** The symbols of a branch of this frame, for {@link branchUpdate}. */
  branch(): Symbols {
    return new Symbols(this.parent, this.level, this)
  }

  /** Notes an assignment. */
  store(name: string): void {
    this.stores.add(name)
    if (this.#has(name)) return
    const outer = this.parent?.findRef(name) ?? null
    this.#define(name, outer === null ? { from: 'nothing' } : { from: 'alias', target: outer })
  }

  /** Notes a variable that has its value from the start; returns it. */
  declareParameter(name: string): string {
    this.stores.add(name)
    return this.#define(name, { from: 'parameter' })
  }

  /** Declares the variable `loop` of a loop; returns it. */
  declareLoop(): string {
    this.#hasLoop = true
    return this.declareParameter('loop')
  }

  /** The variable `loop` as seen from here, if it surely is that of a loop. */
  loopRef(): string | null {
    if (this.refs.has('loop')) return this.#hasLoop ? (this.refs.get('loop') as string) : null
    return (this.#base ?? this.parent)?.loopRef() ?? null
  }

  /** Notes that a name is read. */
  load(name: string): void {
    if (this.findRef(name) === null) this.#define(name, { from: 'context', name })
  }

  /** Takes over what the branches of an `if` found: a name that only some assign keeps its outer value. */
  branchUpdate(branches: readonly Symbols[]): void {
    const stores = new Set(branches.flatMap((branch) => [...branch.stores]))
    for (const name of stores) if (this.#stored(name)) stores.delete(name)
    for (const branch of branches) {
      for (const [name, target] of branch.refs) this.refs.set(name, target)
      for (const [target, load] of branch.loads) this.loads.set(target, load)
      for (const name of branch.stores) this.stores.add(name)
    }
    for (const name of stores) {
      const outer = this.parent?.findRef(name) ?? null
      this.loads.set(
        this.ref(name),
        outer === null ? { from: 'context', name } : { from: 'alias', target: outer },
      )
    }
  }

  /** The assigned names of this frame and those around it, with their variables. */
  dumpStores(): Map<string, string> {
    const result = new Map<string, string>()
    for (let symbols: Symbols | null = this; symbols !== null; symbols = symbols.parent) {
      for (const name of [...symbols.stores].sort()) {
        if (!result.has(name)) result.set(name, this.ref(name))
      }
    }
    return result
  }

  /** The variables of this frame that are parameters. */
  dumpParameters(): Set<string> {
    return new Set([...this.loads].filter(([, load]) => load.from === 'parameter').map(([target]) => target))
  }

  /** Finds out what the inside of a frame's node reads and assigns. */
  analyze(node: Node, branch: 'body' | 'else' | 'test' = 'body'): void {
    const visit = (child: Node): void => visitSymbols(this, child)
    switch (node.type) {
      case 'AssignBlock':
      case 'OverlayScope':
        node.body.forEach(visit)
        return
      case 'CallBlock':
        eachChild(node, visit, 'call')
        return
      case 'With':
        node.targets.forEach(visit)
        node.body.forEach(visit)
        return
      case 'For':
        if (branch === 'else') {
          node.elseBody.forEach(visit)
          return
        }
        visitTarget(this, node.target)
        if (branch === 'body') node.body.forEach(visit)
        else if (node.test !== null) visit(node.test)
        return
      default:
        eachChild(node, visit)
    }
  }
}

/** The target of a loop: all names in it are parameters of the loop's body. */
function visitTarget(symbols: Symbols, node: Expression): void {
  if (node.type === 'Name') symbols.declareParameter(node.name)
  else eachChild(node, (child) => visitTarget(symbols, child as Expression))
}

function visitIf(symbols: Symbols, node: Extract<Node, { type: 'If' }>): void {
  visitSymbols(symbols, node.test)
  const inner = (nodes: readonly Node[]): Symbols => {
    const branch = symbols.branch()
    for (const child of nodes) visitSymbols(branch, child)
    return branch
  }
  symbols.branchUpdate([inner(node.body), inner(node.elifs), inner(node.elseBody)])
}

function importedNames(node: Extract<Node, { type: 'Import' | 'FromImport' }>): string[] {
  return node.type === 'Import' ? [node.target] : node.names.map(({ alias }) => alias)
}

/** Notes what a node inside a frame reads and assigns; stops at nodes that open frames of their own. */
function visitSymbols(symbols: Symbols, node: Node): void {
  const visit = (child: Node): void => visitSymbols(symbols, child)
  switch (node.type) {
    case 'Name':
      if (node.ctx === 'param') symbols.declareParameter(node.name)
      else if (node.ctx === 'store') symbols.store(node.name)
      else symbols.load(node.name)
      return
    case 'NSRef':
      symbols.load(node.name)
      return
    case 'If':
      visitIf(symbols, node)
      return
    case 'Macro':
      symbols.store(node.name)
      return
    case 'Import':
    case 'FromImport':
      visit(node.template)
      for (const name of importedNames(node)) symbols.store(name)
      return
    case 'Assign':
      visit(node.node)
      visit(node.target)
      return
    case 'For':
      visit(node.iter)
      return
    case 'CallBlock':
      visit(node.call)
      return
    case 'FilterBlock':
      visit(node.filter)
      return
    case 'With':
      node.values.forEach(visit)
      return
    case 'AssignBlock':
      visit(node.target)
      return
    case 'OverlayScope':
      visit(node.context)
      return
    case 'Scope':
    case 'Block':
      return
    default:
      eachChild(node, visit)
  }
}

/** Which of some names are read in the nodes before they are assigned; blocks are not looked into. */
export function findUndeclared(nodes: readonly Node[], names: readonly string[]): Set<string> {
  const wanted = new Set(names)
  const found = new Set<string>()
  const visit = (node: Node): void => {
    if (node.type === 'Name') {
      if (node.ctx === 'load' && wanted.has(node.name)) found.add(node.name)
      else wanted.delete(node.name)
    } else if (node.type !== 'Block') {
      eachChild(node, visit)
    }
  }
  nodes.forEach(visit)
  return found
}
