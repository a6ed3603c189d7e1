// The requests of CASES (a file of JSON), one after the other in one iteration.
import http from "k6/http";

const cases = JSON.parse(open(__ENV.CASES));

export const options = { vus: 1, iterations: 1, userAgent: "judge", maxRedirects: 4 };

export default function () {
  for (const one of cases) {
    const params = { tags: Object.assign({ case: one.case }, one.tags) };
    for (const key of ["headers", "redirects"]) if (key in one) params[key] = one[key];
    if (one.name) params.tags.name = one.name;
    if (one.timeout_s) params.timeout = one.timeout_s * 1000;
    if (one.expected) params.responseCallback = http.expectedStatuses(...one.expected);
    http.request(one.method || "GET", one.url, one.body || null, params);
  }
}
