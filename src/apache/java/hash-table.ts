import { HashTree, type Entry } from './hash-tree.js';

/** From so many keys in one slot on, Java keeps them as a tree, unless the table is still small: then it doubles. */
const mostInList = 8;
const leastSlotsForTrees = 64;
/** Halves of a tree that are this small become lists again. */
const leastInTree = 6;

/** The keys of one slot in their order, and the tree that they are also in where they are many. */
interface Slot<T> {
  keys: Entry<T>[];
  tree?: HashTree<T> | undefined;
}

/** Java's `HashMap` as far as the order of its keys goes: what is put in comes out as it would there. */
export class HashTable<T> {
  private slots: Slot<T>[];
  private size = 0;

  constructor(capacity: number) {
    let length = 1;
    while (length < capacity) length *= 2;
    this.slots = emptySlots(length);
  }

  /** Takes a key that is not there yet. */
  add(entry: Entry<T>): void {
    const slot = this.slotOf(entry);
    if (slot.tree !== undefined) slot.keys = slot.tree.insert(entry);
    else {
      slot.keys.push(entry);
      if (slot.keys.length > mostInList) this.relieve(slot);
    }
    this.size += 1;
    if (this.size > this.slots.length * 0.75) this.double();
  }

  *keys(): Generator<T> {
    for (const { keys } of this.slots) for (const { key } of keys) yield key;
  }

  private slotOf({ hash }: Entry<T>): Slot<T> {
    return this.slots[hash & (this.slots.length - 1)] as Slot<T>; // the mask leaves no other numbers
  }

  private relieve(slot: Slot<T>): void {
    if (this.slots.length < leastSlotsForTrees) this.double();
    else plant(slot);
  }

  private double(): void {
    const old = this.slots;
    this.slots = emptySlots(old.length * 2);
    old.forEach((slot, at) => {
      const halves = [this.slots[at] as Slot<T>, this.slots[at + old.length] as Slot<T>] as const;
      for (const entry of slot.keys) this.slotOf(entry).keys.push(entry);
      if (slot.tree === undefined) return;
      const isWhole = halves.some(({ keys }) => keys.length === 0);
      for (const half of halves) {
        if (half.keys.length <= leastInTree) continue;
        if (isWhole) half.tree = slot.tree;
        else plant(half);
      }
    });
  }
}

function emptySlots<T>(count: number): Slot<T>[] {
  return Array.from({ length: count }, () => ({ keys: [] }));
}

function plant<T>(slot: Slot<T>): void {
  slot.tree = new HashTree(slot.keys);
  slot.keys = slot.tree.inOrder();
}
