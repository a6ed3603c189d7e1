/**
 * The seeded generator behind every choice that a VU makes: PCG32, the same numbers as
 * ktb_load/vocabulary/random.py.
 *
 * PCG-XSH-RR 64/32 (O'Neill 2014), seeded by the FNV-1a 64-bit hash of a text.
 */
import { py } from "./python.js";

const MULTIPLIER = 6364136223846793005n;
const STREAM = 1442695040888963407n;
const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
const TWO_TO_32 = 4294967296;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** FNV-1a, 64 bits (a BigInt), of the text in UTF-8. */
export function hash_text(text) {
  let value = FNV_OFFSET;
  for (const byte of py.m.encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * FNV_PRIME);
  }
  return value;
}

/** A stream of repeatable choices. */
export class Random {
  constructor() {
    this.reseed("");
  }

  __init__(seed) {
    this.reseed(seed ?? "");
  }

  /** Begin the stream of `seed`. */
  reseed(seed) {
    this._state = BigInt.asUintN(64, STREAM + hash_text(seed));
    this.next32();
  }

  /** The next 32 random bits. */
  next32() {
    const state = this._state;
    this._state = BigInt.asUintN(64, state * MULTIPLIER + STREAM);
    const shifted = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n));
    const rotation = Number(state >> 59n);
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0;
  }

  /** A float in [0, 1), a multiple of 2**-32. */
  random() {
    return py.b.float(this.next32() / TWO_TO_32);
  }

  /** A whole number in [0, bound), every one equally likely; bound at most 2**32. */
  below(bound) {
    if (!(bound > 0 && bound <= TWO_TO_32)) {
      throw py.make(
        py.e.ValueError, `the bound must be between 1 and 2**32, but is ${py.b.str(bound)}`);
    }
    const refused = TWO_TO_32 % Number(bound);
    let bits = this.next32();
    while (bits < refused) bits = this.next32();
    return bits % Number(bound);
  }

  /** A whole number between `low` and `high`, both included. */
  integer(low, high) {
    return py.add(low, this.below(py.add(py.sub(high, low), 1)));
  }

  /** A float in [low, high). */
  uniform(low, high) {
    return py.add(low, py.mul(py.sub(high, low), this.random()));
  }

  /** One of the items. */
  choice(items) {
    return py.getitem(items, this.below(py.b.len(items)));
  }

  /** Bring the items of a list into a random order, in place (Fisher-Yates, from the end). */
  shuffle(items) {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return null;
  }

  /** Lower-case letters and digits. */
  text(length) {
    let text = "";
    for (let i = 0; i < length; i++) text += ALPHABET[this.below(ALPHABET.length)];
    return text;
  }

  /** A version 4 UUID (RFC 9562) of this stream's bits. */
  uuid4() {
    const words = [this.next32(), this.next32(), this.next32(), this.next32()];
    words[1] = ((words[1] & 0xffff0fff) | 0x4000) >>> 0;
    words[2] = ((words[2] & 0x3fffffff) | 0x80000000) >>> 0;
    const digits = words.map((word) => word.toString(16).padStart(8, "0")).join("");
    const cuts = [0, 8, 12, 16, 20, 32];
    return cuts.slice(1).map((end, i) => digits.slice(cuts[i], end)).join("-");
  }
}

py.signature(Random.prototype.__init__, ["seed"], ["seed"]);
py.signature(Random.prototype.reseed, ["seed"]);
py.signature(Random.prototype.below, ["bound"]);
py.signature(Random.prototype.integer, ["low", "high"]);
py.signature(Random.prototype.uniform, ["low", "high"]);
py.signature(Random.prototype.choice, ["items"]);
py.signature(Random.prototype.shuffle, ["items"]);
py.signature(Random.prototype.text, ["length"]);
