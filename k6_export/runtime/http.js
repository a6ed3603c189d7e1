/**
 * The HTTP client of one VU, over k6's own: always `asyncRequest`, since `http.get` would keep open
 * sockets from being served. Connections, redirects, cookies and samples are k6's.
 */
import http from "k6/http";
import { py } from "./python.js";
import { quickly_decoded } from "./content.js";
import { plain_tags } from "./recorder.js";
import { boundary_for, content_type, encode_multipart, form_field } from "./multipart.js";

const TIMEOUT_S = 60;
const PARAMS = new Set(
  ["json", "body", "files", "headers", "name", "tags", "expected", "timeout_s", "redirects"]);
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;
/** Every status that exists, and k6's 0 for none, is outside of it. */
const NO_STATUS = { min: 1, max: 1 };
/** What may stand in a request target: RFC 3986, and `%` of what is encoded already. */
const PLAIN_URL = /^https?:[A-Za-z0-9_.\-~!#$%&'()*+,/:;=?@[\]]*$/i;
const NOT_ALLOWED = /[^A-Za-z0-9_.\-~!#$%&'()*+,/:;=?@[\]]/gu;

/**
 * Requests of one VU to one base URL. URLs that begin with `/` are below it, and their tags `name`
 * and `url` say them as they are written. A request never throws because of the system: what went
 * wrong is in the response, and in the samples.
 */
export class HttpClient {
  /**
   * @param {Network} network
   * @param {string} base_url
   * @param {object} options - `discard_response_bodies`
   */
  constructor(network, base_url, options = {}) {
    this._network = network;
    this._base_url = base_url.replace(/\/+$/, "");
    this._options = options;
  }

  get(url, params = {}) {
    return this.request("GET", url, params);
  }

  head(url, params = {}) {
    return this.request("HEAD", url, params);
  }

  post(url, params = {}) {
    return this.request("POST", url, params);
  }

  put(url, params = {}) {
    return this.request("PUT", url, params);
  }

  patch(url, params = {}) {
    return this.request("PATCH", url, params);
  }

  delete(url, params = {}) {
    return this.request("DELETE", url, params);
  }

  /**
   * Make a request and follow its redirects.
   *
   * @param {object} params - a `py.Kw` or a plain object: json, body (str, bytes, mapping), files,
   *   headers, name, tags, expected (statuses), timeout_s, redirects
   * @returns {Promise<Response>}
   */
  async request(method, url, params = {}) {
    check_names(Object.keys(params));
    const relative = url.startsWith("/");
    const written = relative ? this._base_url + url : url;
    const content = body_of(params);
    const body = content[0];
    const headers = this._headers(params, content[1]);
    const sent = escaped(written);
    const default_name = relative ? url : sent === written ? "" : masked(written);
    const options = this._k6_params(default_name, params, headers);
    // An empty text would go out as a chunked body.
    const answer = await http.asyncRequest(method, sent, body.length ? body : null, options);
    return new Response(answer, answer.url === sent ? masked(written) : answer.url);
  }

  _headers(params, content_type) {
    const headers = plain_tags(params.headers);
    const names = Object.keys(headers);
    for (const name of names) {
      if (!TOKEN.test(name) || CONTROL.test(headers[name])) {
        const what = "has a character in it that none may have";
        throw new py.e.TypeError(`the header ${py.repr(name)} ${what}`);
      }
    }
    const named = names.some((name) => name.toLowerCase() === "content-type");
    if (content_type && !named) headers["Content-Type"] = content_type;
    return this._network.introduce(headers);
  }

  _k6_params(default_name, params, headers) {
    const tags = plain_tags(params.tags);
    const name = params.name || tags.name || default_name;
    if (name) tags.name = name;
    const options = {
      headers,
      tags,
      timeout: Number(params.timeout_s ?? TIMEOUT_S) * 1000,
      responseType: this._options.discard_response_bodies ? "none" : "binary",
      throw: false,
    };
    if ("redirects" in params) options.redirects = Number(params.redirects);
    if ((params.expected ?? null) !== null) {
      options.responseCallback = http.expectedStatuses(...statuses(params.expected));
    }
    return options;
  }
}

/** What came back. A request that failed on the network has status 0 and an `error`. */
export class Response {
  /** @param {string} url - of the last hop */
  constructor(answer, url) {
    this.url = url;
    this.status = answer.status;
    this.error = answer.error ?? "";
    this.error_code = answer.error_code ?? 0;
    this.proto = answer.proto ?? "";
    this._answer = answer;
  }

  get body() {
    const { status, body } = this._answer;
    this._body ??= new Uint8Array(status && body ? body : 0);
    return this._body;
  }

  /** Looked up in any case. Repeated headers are joined by a comma. */
  get headers() {
    this._headers ??= new Headers(Object.entries(this._answer.headers));
    return this._headers;
  }

  get timings() {
    this._timings ??= new Timings(this._answer.timings);
    return this._timings;
  }

  /** The body in the charset that its type names, else as UTF-8. */
  get text() {
    const named = /charset="?([\w-]+)/.exec(this.headers.get("Content-Type") ?? "");
    return decoded(this.body, named ? named[1] : "utf-8");
  }

  /**
   * The body as JSON, or what is at a dotted `path` in it (`user.name`, `data.0._id`); null where
   * the body is no JSON or has nothing there.
   */
  json(path = "") {
    if (this._json === undefined) this._json = parsed(this.body);
    let found = this._json;
    for (const key of path ? path.split(".") : []) {
      if (found instanceof py.Dict) found = found.get(key) ?? null;
      else if (Array.isArray(found) && /^[0-9]+$/.test(key)) found = found[Number(key)] ?? null;
      else return null;
    }
    return found;
  }
}

/** k6's phases of one round trip, in milliseconds. */
class Timings {
  constructor(timings) {
    const phases = ["duration", "blocked", "connecting", "tls_handshaking", "sending", "waiting"];
    for (const phase of [...phases, "receiving"]) this[phase] = py.b.float(timings[phase] ?? 0);
  }
}

/** Headers by their canonical name (`Content-Type`), which is how k6 writes them. */
class Headers extends py.Dict {
  static python_name = "dict";

  has(name) {
    return super.has(canonical(name));
  }

  get(name) {
    return super.get(canonical(name));
  }

  set(name, value) {
    return super.set(canonical(name), value);
  }
}

function canonical(name) {
  if (typeof name !== "string") return name;
  const words = name.split("-");
  return words.map(capitalized).join("-");
}

function capitalized(word) {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

/** Text of bytes; what cannot be decoded is replaced. An unknown charset is UTF-8. */
function decoded(bytes, charset) {
  if (/^utf-?8$/i.test(charset)) {
    return quickly_decoded(bytes) ?? py.m.decode(bytes, "utf-8", "replace");
  }
  try {
    return py.m.decode(bytes, charset, "replace");
  } catch (error) {
    if (!(error instanceof py.e.LookupError)) throw error;
    return decoded(bytes, "utf-8");
  }
}

function parsed(body) {
  try {
    return py.from_json(quickly_decoded(body) ?? py.m.decode(body));
  } catch (error) {
    if (error instanceof py.e.ValueError || error instanceof py.e.RecursionError) return null;
    throw error;
  }
}

function check_names(given) {
  if (given.every((name) => PARAMS.has(name))) return;
  const unknown = given.filter((name) => !PARAMS.has(name)).sort();
  throw new py.e.TypeError(`a request does not take ${unknown.join(", ")}`);
}

/** The body as k6 takes it, and its media type. */
function body_of(params) {
  if ("json" in params) return [py.to_json(params.json), "application/json"];
  const body = params.body ?? "";
  if (params.files && params.files.size) return multipart_of(body, params.files);
  if (body instanceof py.Dict) {
    return [py.lib["urllib.parse.urlencode"](body), "application/x-www-form-urlencoded"];
  }
  if (typeof body === "string" || body instanceof Uint8Array) return [body, ""];
  const kind = py.type_name(body);
  throw new py.e.TypeError(`a body is text, bytes or a mapping, not ${kind}`);
}

function multipart_of(body, files) {
  const fields = [];
  for (const [name, value] of body instanceof py.Dict ? body.entries() : []) {
    fields.push(form_field(name, py.b.str(value)));
  }
  for (const [name, [filename, content, media_type]] of files.entries()) {
    fields.push(form_field(name, content, filename, media_type));
  }
  const boundary = boundary_for(fields);
  return [encode_multipart(fields, boundary), content_type(boundary)];
}

/** Statuses of any container that can be gone through. */
function statuses(expected) {
  const numbers = [...py.iter(expected)].map(Number);
  return numbers.length ? numbers : [NO_STATUS];
}

/**
 * The URL as it can be sent: k6 leaves a query as it is, and a blank in it would break the request.
 */
function escaped(url) {
  if (PLAIN_URL.test(url)) return url;
  if (!/^https?:/i.test(url)) {
    throw new py.e.ValueError(
      `${py.repr(url)} is not a URL that begins with http:// or https://`);
  }
  return url.replace(NOT_ALLOWED, (character) => encodeURIComponent(character));
}

/** What tags say of a URL: as written, credentials masked. */
function masked(url) {
  if (!url.includes("@")) return url;
  return url.replace(/\/\/([^/?#]*)@/, (_, user) => `//${user.includes(":") ? "****:" : ""}****@`);
}
