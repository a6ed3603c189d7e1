// Emits the samples that a case lists, then tells handleSummary's data. Run by capture.py.
import http from 'k6/http';
import { check, group, sleep } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';

const plan = JSON.parse(open(__ENV.CASE));
const kinds = { counter: Counter, gauge: Gauge, rate: Rate, trend: Trend };
const metrics = {};
for (const name of Object.keys(plan.metrics || {})) {
  const [type, contains] = plan.metrics[name].split(' ');
  metrics[name] = new kinds[type](name, contains === 'time');
}

export const options = plan.options || {};

function run(steps) {
  for (const step of steps || []) {
    if (step.group !== undefined) group(step.group, () => run(step.steps));
    else if (step.check !== undefined) check(null, { [step.check]: step.passes }, step.tags);
    else if (step.sleep !== undefined) sleep(step.sleep);
    else if (step.get !== undefined) http.get(__ENV.HOST + step.get, { tags: step.tags });
    else for (const value of step.values) metrics[step.add].add(value, step.tags);
  }
}

export function setup() {
  run(plan.setup);
  return plan.setupData;
}

export default function () {
  run((plan.steps || {})[__ENV.STEPS || 'default']);
}

export function teardown() {
  run(plan.teardown);
}

// k6's JavaScript loses the last digit of some numbers when it writes them in the usual way.
export function handleSummary(data) {
  const exact = (_, v) => (typeof v === 'number' ? { double: v.toPrecision(17) } : v);
  console.log(JSON.stringify(data, exact));
}
