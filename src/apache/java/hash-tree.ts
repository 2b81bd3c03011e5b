/** A key with its spread hash, and how it compares with another of the same hash. */
export interface Entry<T> {
  readonly key: T;
  readonly hash: number;
}

interface Node<T> {
  readonly entry: Entry<T>;
  parent: Node<T> | undefined;
  left: Node<T> | undefined;
  right: Node<T> | undefined;
  isRed: boolean;
}

/** The red-black tree of a crowded slot, whose root comes first in the slot and whose new keys come right behind their parents. */
export class HashTree<T> {
  private root: Node<T> | undefined;
  private order: Entry<T>[];

  constructor(entries: readonly Entry<T>[]) {
    this.order = [...entries];
    for (const entry of entries) this.grow(entry);
    this.rootToFront();
  }

  inOrder(): Entry<T>[] {
    return [...this.order];
  }

  /** The order of all keys with the new one. */
  insert(entry: Entry<T>): Entry<T>[] {
    const parent = this.grow(entry);
    const at = parent === undefined ? 0 : this.order.indexOf(parent.entry) + 1;
    this.order.splice(at, 0, entry);
    this.rootToFront();
    return this.inOrder();
  }

  private rootToFront(): void {
    const first = this.root?.entry;
    if (first === undefined) return;
    this.order = [first, ...this.order.filter((entry) => entry !== first)];
  }

  /** Hangs a key into the tree and balances it; returns what it was hung to. */
  private grow(entry: Entry<T>): Node<T> | undefined {
    let parent: Node<T> | undefined;
    let next = this.root;
    let isLeft = false;
    while (next !== undefined) {
      parent = next;
      isLeft = isBefore(entry, next.entry);
      next = isLeft ? next.left : next.right;
    }
    const node: Node<T> = { entry, parent, left: undefined, right: undefined, isRed: true };
    if (parent === undefined) this.root = node;
    else if (isLeft) parent.left = node;
    else parent.right = node;
    this.balance(node);
    return parent;
  }

  private balance(added: Node<T>): void {
    let node = added;
    while (node.parent?.isRed === true && node.parent.parent !== undefined) {
      const grand = node.parent.parent;
      const isLeft = grand.left === node.parent;
      const uncle = isLeft ? grand.right : grand.left;
      if (uncle?.isRed === true) {
        node.parent.isRed = false;
        uncle.isRed = false;
        grand.isRed = true;
        node = grand;
        continue;
      }
      if (node === (isLeft ? node.parent.right : node.parent.left)) {
        node = node.parent;
        this.rotate(node, isLeft);
      }
      if (node.parent !== undefined) node.parent.isRed = false;
      grand.isRed = true;
      this.rotate(grand, !isLeft);
    }
    if (this.root !== undefined) this.root.isRed = false;
  }

  /** Puts a node below its right child, or its left one. */
  private rotate(node: Node<T>, toLeft: boolean): void {
    const child = toLeft ? node.right : node.left;
    if (child === undefined) return;
    const inner = toLeft ? child.left : child.right;
    if (toLeft) node.right = inner;
    else node.left = inner;
    if (inner !== undefined) inner.parent = node;
    child.parent = node.parent;
    if (node.parent === undefined) this.root = child;
    else if (node.parent.left === node) node.parent.left = child;
    else node.parent.right = child;
    if (toLeft) child.left = node;
    else child.right = node;
    node.parent = child;
  }
}

function isBefore<T>(left: Entry<T>, right: Entry<T>): boolean {
  if (left.hash !== right.hash) return left.hash < right.hash;
  // Text compares by its letters, as in Java; what Java cannot compare goes by its place in memory, which nobody knows.
  return left.key < right.key;
}
