// Every verb of the vocabulary, in one iteration.
import * as py from "../../../k6_export/runtime/python.js";
import { enter } from "../../../k6_export/runtime/context.js";
import * as say from "../../../k6_export/runtime/vocabulary.js";
import { VU } from "../../../k6_export/runtime/vu.js";

const slow_rooms = py.make(say.Counter, "slow_rooms");
const lateness = py.callkw(say.Trend, null, ["lateness"], { is_time: true });
const share = py.make(say.Rate, "share");
const level = py.make(say.Gauge, "level");

const dict = (...pairs) => new py.Dict(pairs);
const tell = (step, value) => console.log(JSON.stringify({ step, said: py.repr(value) }));

function attempt(step, run) {
  try {
    tell(step, run());
  } catch (error) {
    if (!(error instanceof py.e.Exception)) throw error;
    tell(step, py.Tuple.of(error.name, error.message));
  }
}

function checks() {
  const is_one = (value) => py.eq(value, 1);
  tell("all passed", say.check(1, dict(["is one", is_one], ["full list", [0]])));
  tell("not all", say.check(2, dict(["is one", is_one], ["empty list", []]), dict(["k", "v"])));
  attempt("a check that raises", () => say.check(1, dict(
    ["raises", () => {
      throw new py.e.ValueError("broken");
    }],
    ["is not made", true],
  )));
}

async function groups() {
  const [outer, inner] = [say.group("outer"), say.group("inner")];
  outer.__enter__();
  const began = py.lib["time.perf_counter"]();
  inner.__enter__();
  await say.think(0.05);
  say.check(null, dict(["inside", true]));
  inner.__exit__(null, null, null);
  outer.__exit__(null, null, null);
  tell("thought", py.ge(py.sub(py.lib["time.perf_counter"](), began), 0.049));
}

function settings() {
  for (const [name, default_] of [["TEXT", "x"], ["WHOLE", 1], ["PART", 1.5], ["NONE", 7]]) {
    attempt(name, () => say.setting(name, default_));
  }
  attempt("TEXT as a number", () => say.setting("TEXT", 1));
  attempt("PART as a whole number", () => say.setting("PART", 1));
}

export default async function () {
  attempt("nobody speaks", () => say.setting("TEXT", ""));
  const vu = new VU({ user_agent: "" });
  enter(vu);
  checks();
  await groups();
  settings();
  const series = vu.recorder.series("chat_delivery", dict(["k", 1]));
  slow_rooms.add(2, dict(["room", "a"]));
  lateness.add(new py.Float(3));
  share.add(true);
  level.add(1.5);
  attempt("a value that is none", () => level.add(NaN));
  say.tag("mine", 7);
  slow_rooms.add(1);
  say.tag("mine", "gone");
  series.add(4);
  vu.recorder.add("chat_errors", 1, dict(["kind", "room"]));
  attempt("a tag that is not to be set", () => say.tag("group", "x"));
  attempt("fail", () => say.fail("enough"));
  attempt("abort", () => say.abort());
  vu.random.reseed("think");
  const before = vu.random.next32();
  vu.random.reseed("think");
  await say.think(0, 0.01);
  tell("one draw", before !== vu.random.next32());
  say.mark_failed("marked");
}
