// The same for k6. Its clock counts milliseconds; its own start of the scenario is when number 0
// was due.
import exec from "k6/execution";
import { Trend } from "k6/metrics";

const PER_SECOND = Number(__ENV.PER_SECOND);
const SECONDS = Number(__ENV.SECONDS);
const USERS = Number(__ENV.USERS);

export const options = {
  scenarios: {
    work: {
      executor: "constant-arrival-rate",
      rate: PER_SECOND,
      duration: `${SECONDS}s`,
      preAllocatedVUs: USERS,
      maxVUs: USERS,
    },
  },
  summaryTrendStats: ["min", "med", "p(99)", "max"],
};
const late = new Trend("late", true);
const first = new Trend("late_in_first_second", true);
const last = new Trend("late_in_last_second", true);

export default function () {
  const { startTime, iterationInTest } = exec.scenario;
  const ms = Date.now() - startTime - (iterationInTest * 1000) / PER_SECOND;
  late.add(ms);
  if (iterationInTest < PER_SECOND) first.add(ms);
  if (iterationInTest >= PER_SECOND * (SECONDS - 1)) last.add(ms);
}

export function handleSummary({ metrics }) {
  const { min, med, max, "p(99)": p99 } = metrics.late.values;
  const figures = {
    begun: metrics.iterations.values.count,
    late_median_ms: med - min,
    late_p99_ms: p99 - min,
    late_most_ms: max - min,
    drift_ms: metrics.late_in_last_second.values.med - metrics.late_in_first_second.values.med,
  };
  return { [__ENV.REPORT]: JSON.stringify(figures) };
}
