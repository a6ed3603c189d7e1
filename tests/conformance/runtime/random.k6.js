// A thousand draws of every method, for each seed.
import * as py from "../../../k6_export/runtime/python.js";
import { Random } from "../../../k6_export/runtime/random.js";

/** The engine's own shortest text of a number is not always that number; 17 digits are. */
const exact = (number) => Number(number).toPrecision(17);

const DRAWS = {
  next32: (random) => random.next32(),
  random: (random) => exact(random.random()),
  below: (random, i) => random.below(i + 1),
  below_much: (random, i) => random.below(4294967296 - i),
  integer: (random, i) => random.integer(-i, i * i),
  uniform: (random, i) => exact(random.uniform(-i, i / 7)),
  choice: (random) => random.choice("가나다라마"),
  shuffle: (random, i) => {
    const items = Array.from({ length: i % 20 }, (_, n) => n);
    random.shuffle(items);
    return items;
  },
  text: (random, i) => random.text(i % 30),
  uuid4: (random) => random.uuid4(),
};

export default function () {
  for (const seed of JSON.parse(__ENV.SEEDS)) {
    for (const [method, draw] of Object.entries(DRAWS)) {
      const random = py.make(Random, seed);
      const drawn = Array.from({ length: 1000 }, (_, i) => draw(random, i));
      console.log(JSON.stringify({ seed, method, drawn }));
    }
  }
}
