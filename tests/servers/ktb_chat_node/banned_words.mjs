// 10,000 random words of 4 to 10 letters and digits, matched as substrings: the measured filter of
// a deployment. The list is the same in every run, and `forbidden` is one of its words, so that a
// test has one to say.

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Marsaglia's xorshift with 32 bits: small, and the same everywhere. */
function* xorshift(state) {
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state >>> 0;
  }
}

function randomWords(count) {
  const numbers = xorshift(20251201);
  const below = (bound) => numbers.next().value % bound;
  const word = () =>
    Array.from({ length: 4 + below(7) }, () => ALPHABET[below(ALPHABET.length)]).join("");
  return Array.from({ length: count }, word);
}

const WORDS = new Set(["forbidden", ...randomWords(9_999)]);

export function containsBannedWord(text) {
  const lower = text.toLowerCase();
  for (let start = 0; start < lower.length; start += 1) {
    for (let length = 4; length <= 10; length += 1) {
      if (WORDS.has(lower.slice(start, start + length))) return true;
    }
  }
  return false;
}
