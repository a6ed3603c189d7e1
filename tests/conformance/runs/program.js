// What a case's VUs do, on k6. `program.py` is the same for Locust: keep their verbs alike.
//
// CASE is the case as JSON: `tasks` (name -> steps), `setup`, `setup_returns`, `teardown`,
// `metrics`, `init_raises`. A step is a mapping with one key, its verb. BASE_URL is the recording
// server.

import exec from 'k6/execution';
import http from 'k6/http';
import { check, fail, group, sleep } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';

const CASE = JSON.parse(__ENV.CASE);
const BASE = __ENV.BASE_URL;
const KINDS = { counter: Counter, gauge: Gauge, rate: Rate, trend: Trend };

export const options = CASE.options;

if (CASE.init_raises) {
  throw new Error(CASE.init_raises);
}

const metrics = {};
for (const [name, kind] of Object.entries(CASE.metrics || {})) {
  const [type, unit] = kind.split(' ');
  metrics[name] = new KINDS[type](name, unit === 'time');
}

const VERBS = {
  hit: (path) => http.get(BASE + path),
  named_hit: ({ path, name, tags }) => http.get(BASE + path, { tags: { ...tags, name } }),
  whole_url: (path) => http.get(BASE + path),
  elsewhere: (url) => http.get(url),
  body: (path) => check(http.get(BASE + path), { 'has a body': (r) => Boolean(r.body) }),
  env: (name) => http.get(`${BASE}/hit?${name}=${__ENV[name] || 'none'}`),
  data: (key, data) => http.get(`${BASE}/hit?${key}=${data ? data[key] : 'none'}`),
  think: (seconds) => sleep(seconds),
  check: (sets) => check(null, sets),
  check_with_tags: ({ sets, tags }) => check(null, sets, tags),
  check_that_raises: (name) =>
    check(null, {
      [name]: () => {
        throw new Error('in a check');
      },
      'not reached': true,
    }),
  group: ({ name, steps }, data) => group(name, () => take(steps, data)),
  add: ({ metric, value, tags }) => metrics[metric].add(value, tags || {}),
  tag: ({ name, value }) => {
    exec.vu.metrics.tags[name] = value;
  },
  raise: (message) => {
    throw new Error(message);
  },
  fail: (message) => fail(message),
  mark_failed: (message) => exec.test.fail(message),
  abort: (message) => exec.test.abort(message),
  first_only: (steps, data) => exec.vu.iterationInScenario === 0 && take(steps, data),
  later_only: (steps, data) => exec.vu.iterationInScenario > 0 && take(steps, data),
};

function take(steps, data) {
  for (const step of steps) {
    const [verb, argument] = Object.entries(step)[0];
    VERBS[verb](argument, data);
  }
}

export function setup() {
  take(CASE.setup || []);
  return CASE.setup_returns;
}

export function teardown(data) {
  take(CASE.teardown || [], data);
}

export default function (data) {
  take(CASE.tasks.default, data);
}

export function one(data) {
  take(CASE.tasks.one, data);
}

export function two(data) {
  take(CASE.tasks.two, data);
}
