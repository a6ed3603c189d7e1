/**
 * hashlib and uuid, by way of k6's own crypto module.
 */
import crypto from "k6/crypto";
import { from_bytes } from "./number_methods.js";
import { fromhex, hex } from "./bytes_methods.js";
import { join_bytes } from "./operators.js";
import { Kw } from "./values.js";

/** What hashlib.sha256() and the like return. */
class Digest {
  constructor(name, data) {
    this.name = name;
    this.data = data;
  }

  update(data) {
    this.data = join_bytes([this.data, data]);
    return null;
  }

  hexdigest() {
    const { buffer, byteOffset, byteLength } = this.data;
    return crypto[this.name](buffer.slice(byteOffset, byteOffset + byteLength), "hex");
  }

  digest() {
    return fromhex(this.hexdigest());
  }
}

const digest = (name) => (data = new Uint8Array(0)) => new Digest(name, data);

/** uuid.UUID(hex) */
export class UUID {
  constructor(text) {
    this.hex = text.replace(/^urn:uuid:|[{}-]/g, "").toLowerCase();
  }

  get bytes() {
    return fromhex(this.hex);
  }

  get int() {
    return from_bytes(this.bytes, new Kw({ byteorder: "big" }));
  }

  __str__() {
    return this.hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  __repr__() {
    return `UUID('${this.__str__()}')`;
  }

  __eq__(other) {
    return other instanceof UUID && other.hex === this.hex;
  }

  __hash__() {
    return this.hex;
  }
}

/** A UUID of version 4 from 16 bytes. */
export function uuid_of_bytes(bytes) {
  const marked = Uint8Array.from(bytes);
  marked[6] = (marked[6] & 0x0f) | 0x40;
  marked[8] = (marked[8] & 0x3f) | 0x80;
  return new UUID(hex(marked));
}

export const digests_module = {
  "hashlib.md5": digest("md5"),
  "hashlib.sha1": digest("sha1"),
  "hashlib.sha256": digest("sha256"),
  "hashlib.sha384": digest("sha384"),
  "hashlib.sha512": digest("sha512"),
  "uuid.UUID": UUID,
  "uuid.uuid4": () => uuid_of_bytes(new Uint8Array(crypto.randomBytes(16))),
};
