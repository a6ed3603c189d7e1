/** time and datetime. The engine's own clock knows milliseconds; that of the run is finer. */
import { running_ms, wall_ms } from "../clock.js";
import { take_keywords } from "./keywords.js";
import { make_float } from "./values.js";

/** Milliseconds since the test began; in the init context it has not begun. */
const elapsed_ms = () => running_ms() ?? 0;

const monotonic = () => make_float(elapsed_ms() / 1000);
const monotonic_ns = () => Math.round(elapsed_ms() * 1e6);
const time = () => make_float(wall_ms() / 1000);

/** Beyond 2**53, hence a BigInt. */
const time_ns = () => BigInt(Math.round(wall_ms() * 1000)) * 1000n;

/** datetime.timezone.utc */
const UTC = { __repr__: () => "datetime.timezone.utc", __str__: () => "UTC" };

const two = (number) => String(number).padStart(2, "0");

/** The offset of this machine's zone, or of UTC: "+09:00". */
function offset_text(minutes) {
  const sign = minutes < 0 ? "-" : "+";
  const all = Math.abs(minutes);
  return `${sign}${two(Math.floor(all / 60))}:${two(all % 60)}`;
}

/** By timespec: how much of "10:00:00.123000" is shown. */
const SHOWN = { hours: 2, minutes: 5, seconds: 8, milliseconds: 12, microseconds: 15 };

/** The text of a moment (in ms) in a zone that is so many minutes ahead of UTC. */
function iso_text(moment, minutes_ahead, sep, timespec) {
  const [date, clock] = new Date(moment + minutes_ahead * 60000).toISOString().split("T");
  const fine = `${clock.slice(0, -1)}000`;
  const all = fine.endsWith(".000000") ? "seconds" : "microseconds";
  return date + sep + fine.slice(0, SHOWN[timespec === "auto" ? all : timespec]);
}

/** datetime.now(tz).isoformat(sep, timespec): without tz the local time, without offset */
function now_isoformat(...args) {
  const { tz = args[0] ?? null, sep = "T", timespec = "auto" } = take_keywords(args);
  const now = Date.now();
  if (tz === UTC) return iso_text(now, 0, sep, timespec) + offset_text(0);
  return iso_text(now, -new Date(now).getTimezoneOffset(), sep, timespec);
}

function utcnow_isoformat(...args) {
  const { sep = "T", timespec = "auto" } = take_keywords(args);
  return iso_text(Date.now(), 0, sep, timespec);
}

export const time_module = {
  "datetime.now.isoformat": now_isoformat,
  "datetime.now.timestamp": time,
  "datetime.timezone.utc": UTC,
  "datetime.utcnow.isoformat": utcnow_isoformat,
  "time.monotonic": monotonic,
  "time.monotonic_ns": monotonic_ns,
  "time.perf_counter": monotonic,
  "time.perf_counter_ns": monotonic_ns,
  "time.time": time,
  "time.time_ns": time_ns,
};
