// The requests of CASES (JSON) through the runtime's client, one after the other in one iteration.
import * as py from "../../../k6_export/runtime/python.js";
import { HttpClient } from "../../../k6_export/runtime/http.js";
import { Network } from "../../../k6_export/runtime/network.js";

const cases = JSON.parse(__ENV.CASES);

export const options = { vus: 1, iterations: 1, userAgent: "judge" };

const bytes = (hex) => new Uint8Array((hex.match(/../g) ?? []).map((one) => parseInt(one, 16)));
const files = (given) =>
  new py.Dict(Object.entries(given).map(
    ([name, [filename, hex, type]]) => [name, py.Tuple.of(filename, bytes(hex), type)]));

function params_of(one) {
  const params = { ...one.params, tags: py.from_js({ case: one.case, ...one.params.tags }) };
  for (const key of ["json", "headers", "expected", "body"]) {
    if (key in params) params[key] = py.from_js(params[key]);
  }
  if ("hex" in params) params.body = bytes(params.hex);
  delete params.hex;
  if ("files" in params) params.files = files(params.files);
  return params;
}

/** In each of Python's three ways. */
function header({ headers }, name) {
  const got = py.m.get(headers, name);
  if (!py.contains(headers, name)) return got;
  return got === py.getitem(headers, name) ? got : "disagreement";
}

function told(one, response) {
  const { status, error, error_code } = response;
  return {
    case: one.case,
    status,
    error,
    error_code,
    url: response.url,
    text: response.text,
    size: response.body.length,
    json: py.to_json((one.paths ?? [""]).map((path) => response.json(path))),
    type: header(response, "cONTENT-tYPE"),
    timings: Object.keys(response.timings),
  };
}

export default async function () {
  const client = new HttpClient(new Network(null), __ENV.BASE);
  for (const one of cases) {
    try {
      const { method = "GET", url } = one;
      const response = await py.callkw(client.request, client, [method, url], params_of(one));
      console.log(JSON.stringify(told(one, response)));
    } catch (error) {
      console.log(JSON.stringify({ case: one.case, raised: error.name, said: error.message }));
    }
  }
}
