// The answers to CASES (a file of JSON), as the log's lines: what k6 made of each.
import http from "k6/http";

const cases = JSON.parse(open(__ENV.CASES));

export const options = { vus: 1, iterations: 1, maxRedirects: 0 };

export default function () {
  for (const [number, method, url] of cases) {
    let seen;
    try {
      const { status, error_code: code, body } = http.request(method, url, null, { timeout: 5000 });
      seen = [number, status, code, status ? body || "" : ""];
    } catch (error) {
      seen = [number, 0, 1000, ""];
    }
    console.log(`SEEN ${JSON.stringify(seen)}`);
  }
}
