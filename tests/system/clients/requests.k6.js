// The requests of CASES (a file of JSON), one after the other in one iteration. What came of each
// is a line of the log, with the body in base64.
import encoding from "k6/encoding";
import http from "k6/http";

const cases = JSON.parse(open(__ENV.CASES));
const defaults = { vus: 1, iterations: 1, userAgent: "judge", maxRedirects: 4 };

export const options = Object.assign(defaults, JSON.parse(__ENV.OPTIONS || "{}"));

export default function () {
  for (const one of cases) {
    let seen;
    try {
      const answer = ask(one);
      seen = [answer.status, answer.error_code, answer.error, encoding.b64encode(answer.body || "")];
    } catch (error) {
      seen = [0, 1000, String(error), ""];
    }
    console.log(`SEEN ${JSON.stringify([one.case].concat(seen))}`);
  }
}

function ask(one) {
  const params = { tags: Object.assign({ case: one.case }, one.tags), responseType: "binary" };
  for (const key of ["headers", "redirects"]) if (key in one) params[key] = one[key];
  if (one.name) params.tags.name = one.name;
  if (one.timeout_s) params.timeout = one.timeout_s * 1000;
  if (one.expected) params.responseCallback = http.expectedStatuses(...one.expected);
  return http.request(one.method || "GET", one.url, one.body || null, params);
}
