/**
 * The seeded generator behind every choice that a VU makes: PCG32, the same numbers as
 * ktb_load/vocabulary/random.py.
 *
 * PCG-XSH-RR 64/32 (O'Neill 2014), seeded by the FNV-1a 64-bit hash of a text.
 */
import { py } from "./python.js";

/** Numbers of 64 bits are pairs of halves, high and low: k6's engine is slow with BigInts. */
const MULTIPLIER = [0x5851f42d, 0x4c957f2d];
const STREAM = [0x14057b7e, 0xf767814f];
const FNV_OFFSET = [0xcbf29ce4, 0x84222325];
/** The FNV prime is 2**40 + this. */
const FNV_PRIME = 0x1b3;
const TWO_TO_32 = 4294967296;
const IS_ASCII = /^[\0-\x7f]*$/;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** FNV-1a, 64 bits, of the text in UTF-8. */
export function hash_text(text) {
  const bytes = IS_ASCII.test(text) ? null : py.m.encode(text);
  const length = bytes === null ? text.length : bytes.length;
  let high = FNV_OFFSET[0];
  let low = FNV_OFFSET[1];
  for (let at = 0; at < length; at++) {
    low = (low ^ (bytes === null ? text.charCodeAt(at) : bytes[at])) >>> 0;
    const product = low * FNV_PRIME;
    high = (high * FNV_PRIME + Math.floor(product / TWO_TO_32) + ((low << 8) >>> 0)) >>> 0;
    low = product >>> 0;
  }
  return [high, low];
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
    const hash = hash_text(seed);
    const low = STREAM[1] + hash[1];
    this._low = low >>> 0;
    this._high = (STREAM[0] + hash[0] + (low < TWO_TO_32 ? 0 : 1)) >>> 0;
    this.next32();
  }

  /** The next 32 random bits. */
  next32() {
    const high = this._high;
    const low = this._low;
    this._advance(high, low);
    const mixed_high = (high >>> 18) ^ high;
    const mixed_low = ((low >>> 18) | (high << 14)) ^ low;
    const shifted = (mixed_low >>> 27) | (mixed_high << 5);
    const rotation = high >>> 27;
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0;
  }

  /** state * MULTIPLIER + STREAM, the low half multiplied by 16 bits at a time. */
  _advance(high, low) {
    const first = (low & 0xffff) * MULTIPLIER[1];
    const second = (low >>> 16) * MULTIPLIER[1] + Math.floor(first / 0x10000);
    const sum = ((second << 16) | (first & 0xffff)) >>> 0;
    const carried = sum + STREAM[1];
    this._low = carried >>> 0;
    this._high = (Math.floor(second / 0x10000) + Math.imul(low, MULTIPLIER[0])
      + Math.imul(high, MULTIPLIER[1]) + STREAM[0] + (carried < TWO_TO_32 ? 0 : 1)) >>> 0;
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
